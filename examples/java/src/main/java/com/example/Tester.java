package com.example;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.core.annotations.ResourceType;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;

/** A handset that may talk to an agent before its launch. */
@ResourceType(type = "kaleyra:rcs:Tester")
class Tester extends CustomResource {
    Tester(String name, Args args) {
        super("kaleyra:rcs:Tester", name, args, CustomResourceOptions.Empty);
    }

    static class Args extends ResourceArgs {
        @Import(name = "agentNo", required = true) Output<String> agentNo;
        @Import(name = "phoneno", required = true) Output<String> phoneno;

        Args(Output<String> agentNo, Output<String> phoneno) {
            this.agentNo = agentNo;
            this.phoneno = phoneno;
        }
    }
}
