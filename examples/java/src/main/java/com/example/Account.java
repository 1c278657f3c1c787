package com.example;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ProviderResource;
import com.pulumi.resources.ResourceArgs;

/** A second account: it takes nothing from the environment and nothing from the stack's configuration. */
class Account extends ProviderResource {
    Account(String name, Args args) {
        super("kaleyra", name, args, CustomResourceOptions.Empty);
    }

    static class Args extends ResourceArgs {
        @Import(name = "pod", required = true) String pod;
        @Import(name = "sid", required = true) String sid;
        @Import(name = "apiKey", required = true) Output<String> apiKey;
        @Import(name = "endpoint") String endpoint = System.getenv("NA_ENDPOINT"); // the simulator's
        @Import(name = "deletionPolicy") String deletionPolicy = "delete";

        Args(String pod, String sid, Output<String> apiKey) {
            this.pod = pod;
            this.sid = sid;
            this.apiKey = apiKey;
        }
    }
}
