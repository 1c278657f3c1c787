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

/** An agent: the sender that users see in their messages. */
@ResourceType(type = "kaleyra:rcs:Agent")
class Agent extends CustomResource {
    @Export(name = "agentNumber", refs = {String.class}, tree = "[0]")
    Output<String> agentNumber;

    @Export(name = "status", refs = {String.class}, tree = "[0]")
    Output<String> status;

    Agent(String name, Args args, CustomResourceOptions options) {
        super("kaleyra:rcs:Agent", name, args, options);
    }

    /** All inputs, by the names of the package's schema. The reference of RcsAgent says what each of them is. */
    static class Args extends ResourceArgs {
        @Import(name = "agentType", required = true) String agentType;
        @Import(name = "displayName", required = true) String displayName;
        @Import(name = "logoUrl", required = true) String logoUrl;
        @Import(name = "heroUrl", required = true) String heroUrl;
        @Import(name = "serviceCode", required = true) String serviceCode;
        @Import(name = "description", required = true) String description;
        @Import(name = "phones") List<Map<String, Object>> phones;
        @Import(name = "emails") List<Map<String, Object>> emails;
        @Import(name = "privacy", required = true) Map<String, Object> privacy;
        @Import(name = "termsConditions", required = true) Map<String, Object> termsConditions;
        @Import(name = "color", required = true) String color;
        @Import(name = "billingCategory", required = true) String billingCategory;
        @Import(name = "agentUseCase", required = true) String agentUseCase;
        @Import(name = "hostingRegion", required = true) String hostingRegion;
        @Import(name = "website", required = true) List<Map<String, Object>> website;
        @Import(name = "brandDetails", required = true) Map<String, Object> brandDetails;
        @Import(name = "rcsProviderId") String rcsProviderId;
        @Import(name = "defaultLocale") String defaultLocale;
        @Import(name = "agentTestUrl") String agentTestUrl;
        @Import(name = "endPointConfig") String endPointConfig;
        @Import(name = "primaryInteractionType") String primaryInteractionType;
        @Import(name = "languages") List<String> languages;
        @Import(name = "initialStatus") String initialStatus;
        @Import(name = "deletionPolicy") String deletionPolicy;
        @Import(name = "onExisting") String onExisting;
    }
}
