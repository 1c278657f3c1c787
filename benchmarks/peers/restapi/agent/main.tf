terraform {
  required_providers {
    restapi = { source = "registry.opentofu.org/mastercard/restapi" }
  }
}

variable "base" { type = string }
variable "agent" { type = any }
variable "testers" { type = set(string) }

resource "restapi_object" "agent" {
  path         = "${var.base}/agent"
  id_attribute = "data/agent_number"
  data         = jsonencode(var.agent)
}

# The list is the only way to read a tester, and no call removes one: a read stands in for it.
resource "restapi_object" "tester" {
  for_each       = var.testers
  path           = "${var.base}/agenttester/register"
  read_path      = "${var.base}/agent/testersbyagent"
  query_string   = "agent_number=${restapi_object.agent.id}"
  read_search    = { search_key = "phoneno", search_value = each.key }
  destroy_path   = "${var.base}/agent/testersbyagent"
  destroy_method = "GET"
  id_attribute   = "data/id"
  data           = jsonencode({ agent_no = restapi_object.agent.id, phoneno = each.key })
}
