// The RCS agents and testers of this project. Nothing is declared yet, so `pulumi up` creates no agent.
//
// Example: fill in your own texts, addresses and brand number, and remove the "// " of each line.

// import * as kaleyra from "pulumi-kaleyra";
//
// const agent = new kaleyra.rcs.Agent("support", {
//     serviceCode: "SUPPORT",
//     displayName: "Support",
//     description: "Answers to questions about an order",
//     agentType: "1",
//     agentUseCase: "TRANSACTIONAL",
//     billingCategory: "CONVERSATIONAL",
//     logoUrl: "https://www.example.com/logo.png",
//     heroUrl: "https://www.example.com/hero.png",
//     color: "#0b5cad",
//     hostingRegion: "ASIA_PACIFIC",
//     brandDetails: { brandNo: "10001" },
//     phones: [{ labelText: "Call us", isTollFree: true, number: "18000000001" }],
//     emails: [{ labelText: "Write to us", isPrimary: true, email: "support@example.com" }],
//     privacy: { labelText: "Privacy", website: "https://www.example.com/privacy" },
//     termsConditions: { labelText: "Terms", website: "https://www.example.com/terms" },
//     website: [{ labelText: "Help", website: "https://www.example.com/help" }],
//     languages: ["English", "Hindi"],
// });

export {};
