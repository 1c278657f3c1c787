package com.example;

import com.pulumi.core.Output;
import com.pulumi.core.TypeShape;
import com.pulumi.core.annotations.CustomType;
import com.pulumi.core.annotations.Import;
import com.pulumi.deployment.Deployment;
import com.pulumi.deployment.InvokeOptions;
import com.pulumi.resources.InvokeArgs;

/** An agent as Kaleyra has it: what {@code kaleyra:rcs:getAgent} answers, as far as this program uses it. */
@CustomType
class Found {
    String status;

    @CustomType.Builder
    static class Builder {
        private final Found found = new Found();

        @CustomType.Setter
        public Builder status(String status) {
            found.status = status;
            return this;
        }

        public Found build() {
            return found;
        }
    }

    static Output<Found> byNumber(Output<String> agentNumber, InvokeOptions options) {
        return Deployment.getInstance()
            .invoke("kaleyra:rcs:getAgent", TypeShape.of(Found.class), new Args(agentNumber), options);
    }

    private static class Args extends InvokeArgs {
        @Import(name = "agentNumber", required = true) Output<String> agentNumber;

        Args(Output<String> agentNumber) {
            this.agentNumber = agentNumber;
        }
    }
}
