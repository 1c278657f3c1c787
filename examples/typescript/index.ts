// An agent with testers in the stack's own account, and the same agent in a second one.
import * as pulumi from "@pulumi/pulumi";
import * as kaleyra from "pulumi-kaleyra";

const config = new pulumi.Config();

function support(
    name: string,
    hostingRegion: kaleyra.types.enums.rcs.HostingRegion,
    email: string,
    options?: pulumi.CustomResourceOptions,
) {
    return new kaleyra.rcs.Agent(
        name,
        {
            serviceCode: "SUPPORT", // the same in both: codes are unique within an account
            displayName: "Support",
            description: "Answers to questions",
            agentType: "1",
            agentUseCase: "TRANSACTIONAL",
            billingCategory: "CONVERSATIONAL",
            logoUrl: "https://www.example.com/rcs/logo.png",
            heroUrl: "https://www.example.com/rcs/hero.png",
            color: "#0b5cad",
            hostingRegion,
            brandDetails: { brandNo: "10001" },
            emails: [{ labelText: "Write", isPrimary: true, email }],
            privacy: { labelText: "Privacy", website: "https://www.example.com/privacy" },
            termsConditions: { labelText: "Terms", website: "https://www.example.com/terms" },
            website: [],
        },
        options,
    );
}

const agent = support("support", "ASIA_PACIFIC", "help@in.example.com");

// A number from the configuration's secrets stays one in the state.
const phones = { desk: pulumi.output("+91 90000 00001"), owner: config.requireSecret("ownerPhone") };
for (const [name, phoneno] of Object.entries(phones)) {
    new kaleyra.rcs.Tester(name, { agentNo: agent.agentNumber, phoneno });
}

// A second account: it takes nothing from the environment and nothing from the stack's configuration.
const america = new kaleyra.Provider("america", {
    pod: "na",
    sid: config.require("naSid"),
    apiKey: config.requireSecret("naKey"),
    endpoint: process.env.NA_ENDPOINT, // the simulator's; without it the pod's own
    deletionPolicy: "delete",
});
const second = support("support-na", "NORTH_AMERICA", "help@na.example.com", { provider: america });

// A look-up waits for what it is given.
const found = kaleyra.rcs.getAgentOutput({ agentNumber: second.agentNumber }, { provider: america });

export const agents = { in: agent.agentNumber, na: second.agentNumber };
export const statusInAmerica = found.status;
