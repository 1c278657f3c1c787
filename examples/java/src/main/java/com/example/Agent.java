package com.example;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.Import;
import com.pulumi.core.annotations.ResourceType;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import java.util.List;
import java.util.Map;

/** An agent, with the inputs and outputs that this program uses. */
@ResourceType(type = "kaleyra:rcs:Agent")
class Agent extends CustomResource {
    @Export(name = "agentNumber", refs = {String.class}, tree = "[0]")
    Output<String> agentNumber;

    @Export(name = "status", refs = {String.class}, tree = "[0]")
    Output<String> status;

    Agent(String name, Args args, CustomResourceOptions options) {
        super("kaleyra:rcs:Agent", name, args, options);
    }

    /** Inputs by their names in Pulumi's schema of the package; all but the last three are the same for every agent here. */
    static class Args extends ResourceArgs {
        @Import(name = "serviceCode", required = true) String serviceCode = "SUPPORT"; // unique within an account
        @Import(name = "displayName", required = true) String displayName = "Support";
        @Import(name = "description", required = true) String description = "Answers to questions";
        @Import(name = "agentType", required = true) String agentType = "1";
        @Import(name = "agentUseCase", required = true) String agentUseCase = "TRANSACTIONAL";
        @Import(name = "billingCategory", required = true) String billingCategory = "CONVERSATIONAL";
        @Import(name = "logoUrl", required = true) String logoUrl = "https://www.example.com/rcs/logo.png";
        @Import(name = "heroUrl", required = true) String heroUrl = "https://www.example.com/rcs/hero.png";
        @Import(name = "color", required = true) String color = "#0b5cad";
        @Import(name = "brandDetails", required = true) Map<String, Object> brandDetails = Map.of("brandNo", "10001");
        @Import(name = "privacy", required = true) Map<String, Object> privacy =
            Map.of("labelText", "Privacy", "website", "https://www.example.com/privacy");
        @Import(name = "termsConditions", required = true) Map<String, Object> termsConditions =
            Map.of("labelText", "Terms", "website", "https://www.example.com/terms");
        @Import(name = "website", required = true) List<Object> website = List.of();
        @Import(name = "hostingRegion", required = true) String hostingRegion;
        @Import(name = "emails") List<Map<String, Object>> emails;

        Args(String hostingRegion, String email) {
            this.hostingRegion = hostingRegion;
            this.emails = List.of(Map.of("labelText", "Write", "isPrimary", true, "email", email));
        }
    }
}
