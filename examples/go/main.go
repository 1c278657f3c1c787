// An agent with testers in the stack's own account, and the same agent in a second one.
package main

import (
	"os"

	"example.com/pulumi-kaleyra/sdk/go/kaleyra"
	"example.com/pulumi-kaleyra/sdk/go/kaleyra/rcs"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

func support(
	ctx *pulumi.Context, name string, region rcs.HostingRegion, email string, options ...pulumi.ResourceOption,
) (*rcs.Agent, error) {
	return rcs.NewAgent(ctx, name, &rcs.AgentArgs{
		ServiceCode:     pulumi.String("SUPPORT"), // the same in both: codes are unique within an account
		DisplayName:     pulumi.String("Support"),
		Description:     pulumi.String("Answers to questions"),
		AgentType:       pulumi.String("1"),
		AgentUseCase:    rcs.AgentUseCaseTransactional,
		BillingCategory: pulumi.String("CONVERSATIONAL"),
		LogoUrl:         pulumi.String("https://www.example.com/rcs/logo.png"),
		HeroUrl:         pulumi.String("https://www.example.com/rcs/hero.png"),
		Color:           pulumi.String("#0b5cad"),
		HostingRegion:   region,
		BrandDetails:    &rcs.BrandDetailsArgs{BrandNo: pulumi.String("10001")},
		Emails: rcs.EmailArray{&rcs.EmailArgs{
			LabelText: pulumi.String("Write"), IsPrimary: pulumi.Bool(true), Email: pulumi.String(email),
		}},
		Privacy: &rcs.LinkArgs{
			LabelText: pulumi.String("Privacy"), Website: pulumi.String("https://www.example.com/privacy"),
		},
		TermsConditions: &rcs.LinkArgs{
			LabelText: pulumi.String("Terms"), Website: pulumi.String("https://www.example.com/terms"),
		},
		Website: rcs.LinkArray{},
	}, options...)
}

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		settings := config.New(ctx, "")

		agent, err := support(ctx, "support", rcs.HostingRegionAsiaPacific, "help@in.example.com")
		if err != nil {
			return err
		}

		// A number from the configuration's secrets stays one in the state.
		phones := map[string]pulumi.StringInput{
			"desk":  pulumi.String("+91 90000 00001"),
			"owner": settings.RequireSecret("ownerPhone"),
		}
		for name, phone := range phones {
			args := &rcs.TesterArgs{AgentNo: agent.AgentNumber, Phoneno: phone}
			if _, err := rcs.NewTester(ctx, name, args); err != nil {
				return err
			}
		}

		// A second account: it takes nothing from the environment and nothing from the stack's configuration.
		account := &kaleyra.ProviderArgs{
			Pod:            rcs.PodNa,
			Sid:            pulumi.String(settings.Require("naSid")),
			ApiKey:         settings.RequireSecret("naKey"),
			DeletionPolicy: rcs.DeletionPolicyDelete,
		}
		if endpoint := os.Getenv("NA_ENDPOINT"); endpoint != "" { // the simulator's; without it the pod's own
			account.Endpoint = pulumi.String(endpoint)
		}
		america, err := kaleyra.NewProvider(ctx, "america", account)
		if err != nil {
			return err
		}
		second, err := support(
			ctx, "support-na", rcs.HostingRegionNorthAmerica, "help@na.example.com", pulumi.Provider(america))
		if err != nil {
			return err
		}

		// A look-up waits for what it is given.
		found := rcs.LookupAgentOutput(
			ctx, rcs.LookupAgentOutputArgs{AgentNumber: second.AgentNumber}, pulumi.Provider(america))

		ctx.Export("agents", pulumi.StringMap{"in": agent.AgentNumber, "na": second.AgentNumber})
		ctx.Export("statusInAmerica", found.Status())
		return nil
	})
}
