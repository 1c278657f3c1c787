package com.example;

import com.pulumi.Context;
import com.pulumi.Pulumi;
import com.pulumi.core.Output;
import com.pulumi.deployment.InvokeOptions;
import com.pulumi.resources.CustomResourceOptions;
import java.util.Map;

/** An agent with testers in the stack's own account, and the same agent in a second one. */
public class App {
    public static void main(String[] arguments) {
        Pulumi.run(App::declare);
    }

    private static void declare(Context context) {
        var config = context.config();

        var agent = new Agent(
            "support", new Agent.Args("ASIA_PACIFIC", "help@in.example.com"), CustomResourceOptions.Empty);

        // A number from the configuration's secrets stays one in the state.
        new Tester("desk", new Tester.Args(agent.agentNumber, Output.of("+91 90000 00001")));
        new Tester("owner", new Tester.Args(agent.agentNumber, config.requireSecret("ownerPhone")));

        var america = new Account(
            "america", new Account.Args("na", config.require("naSid"), config.requireSecret("naKey")));
        var second = new Agent(
            "support-na",
            new Agent.Args("NORTH_AMERICA", "help@na.example.com"),
            CustomResourceOptions.builder().provider(america).build());

        // A look-up waits for what it is given.
        var found = Found.byNumber(second.agentNumber, InvokeOptions.builder().provider(america).build());

        context.export("agents", Output.all(agent.agentNumber, second.agentNumber)
            .applyValue(numbers -> Map.of("in", numbers.get(0), "na", numbers.get(1))));
        context.export("statusInAmerica", found.applyValue(each -> each.status));
    }
}
