package com.example;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.core.annotations.ResourceType;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;

/** A handset that may talk to an agent before the agent's launch. Creating one invites a person. */
@ResourceType(type = "kaleyra:rcs:Tester")
class Tester extends CustomResource {
    Tester(String name, Args args, CustomResourceOptions options) {
        super("kaleyra:rcs:Tester", name, args, options);
    }

    /** All inputs, by the names of the package's schema. The reference of RcsTester says what each of them is. */
    static class Args extends ResourceArgs {
        @Import(name = "agentNo", required = true) Output<String> agentNo;
        @Import(name = "phoneno", required = true) Output<String> phoneno;
        @Import(name = "resend") String resend;
        @Import(name = "onExisting") String onExisting;
    }
}
