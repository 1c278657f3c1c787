// The RCS agents and testers of this project. Nothing is declared yet, so `pulumi up` creates no agent.
package com.example;

import com.pulumi.Pulumi;

public class App {
    public static void main(String[] arguments) {
        Pulumi.run(context -> {});
    }
}

// Example: fill in your own texts, addresses and brand number, put it in the place of the program above, and remove the
// "// " of each line.

// package com.example;
//
// import com.pulumi.Context;
// import com.pulumi.Pulumi;
// import com.pulumi.resources.CustomResourceOptions;
// import java.util.List;
// import java.util.Map;
//
// public class App {
//     public static void main(String[] arguments) {
//         Pulumi.run(App::declare);
//     }
//
//     private static void declare(Context context) {
//         var agent = new Agent.Args();
//         agent.serviceCode = "SUPPORT";
//         agent.displayName = "Support";
//         agent.description = "Answers to questions about an order";
//         agent.agentType = "1";
//         agent.agentUseCase = "TRANSACTIONAL";
//         agent.billingCategory = "CONVERSATIONAL";
//         agent.logoUrl = "https://www.example.com/logo.png";
//         agent.heroUrl = "https://www.example.com/hero.png";
//         agent.color = "#0b5cad";
//         agent.hostingRegion = "ASIA_PACIFIC";
//         agent.brandDetails = Map.of("brandNo", "10001");
//         agent.phones = List.of(Map.of("labelText", "Call us", "isTollFree", true, "number", "18000000001"));
//         agent.emails = List.of(Map.of("labelText", "Write to us", "isPrimary", true, "email", "support@example.com"));
//         agent.privacy = Map.of("labelText", "Privacy", "website", "https://www.example.com/privacy");
//         agent.termsConditions = Map.of("labelText", "Terms", "website", "https://www.example.com/terms");
//         agent.website = List.of(Map.of("labelText", "Help", "website", "https://www.example.com/help"));
//         agent.languages = List.of("English", "Hindi");
//         new Agent("support", agent, CustomResourceOptions.Empty);
//     }
// }
