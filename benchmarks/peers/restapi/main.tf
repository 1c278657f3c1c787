# The agents and testers that declared.json lists, by OpenTofu and the generic provider for REST APIs.
terraform {
  required_providers {
    restapi = { source = "registry.opentofu.org/mastercard/restapi" }
  }
}

variable "endpoint" { type = string }
variable "sid" { type = string }
variable "api_key" {
  type      = string
  sensitive = true
}

provider "restapi" {
  uri                  = var.endpoint
  headers              = { "api-key" = var.api_key, "Content-Type" = "application/json" }
  write_returns_object = true
}

# A module for each agent: where one resource of many instances is named by many others, every one of them evaluates all.
module "agent" {
  source   = "./agent"
  for_each = { for each in jsondecode(file("declared.json")) : each.agent.service_code => each }
  base     = "/v1/${var.sid}/rcs"
  agent    = each.value.agent
  testers  = each.value.testers
}
