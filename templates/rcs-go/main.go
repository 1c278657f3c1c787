// The RCS agents and testers of this project. Nothing is declared yet, so `pulumi up` creates no agent.
package main

import "github.com/pulumi/pulumi/sdk/v3/go/pulumi"

func main() {
	pulumi.Run(func(_ *pulumi.Context) error {
		return nil
	})
}

// Example: fill in your own texts, addresses and brand number, put it in the place of the program above, and remove the
// "// " of each line.

// package main
//
// import (
// 	"example.com/pulumi-kaleyra/sdk/go/kaleyra/rcs"
// 	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
// )
//
// func main() {
// 	pulumi.Run(func(ctx *pulumi.Context) error {
// 		_, err := rcs.NewAgent(ctx, "support", &rcs.AgentArgs{
// 			ServiceCode:     pulumi.String("SUPPORT"),
// 			DisplayName:     pulumi.String("Support"),
// 			Description:     pulumi.String("Answers to questions about an order"),
// 			AgentType:       pulumi.String("1"),
// 			AgentUseCase:    rcs.AgentUseCaseTransactional,
// 			BillingCategory: pulumi.String("CONVERSATIONAL"),
// 			LogoUrl:         pulumi.String("https://www.example.com/logo.png"),
// 			HeroUrl:         pulumi.String("https://www.example.com/hero.png"),
// 			Color:           pulumi.String("#0b5cad"),
// 			HostingRegion:   rcs.HostingRegionAsiaPacific,
// 			BrandDetails:    &rcs.BrandDetailsArgs{BrandNo: pulumi.String("10001")},
// 			Phones:          rcs.PhoneArray{&rcs.PhoneArgs{LabelText: pulumi.String("Call us"), IsTollFree: pulumi.Bool(true), Number: pulumi.String("18000000001")}},
// 			Emails:          rcs.EmailArray{&rcs.EmailArgs{LabelText: pulumi.String("Write to us"), IsPrimary: pulumi.Bool(true), Email: pulumi.String("support@example.com")}},
// 			Privacy:         &rcs.LinkArgs{LabelText: pulumi.String("Privacy"), Website: pulumi.String("https://www.example.com/privacy")},
// 			TermsConditions: &rcs.LinkArgs{LabelText: pulumi.String("Terms"), Website: pulumi.String("https://www.example.com/terms")},
// 			Website:         rcs.LinkArray{&rcs.LinkArgs{LabelText: pulumi.String("Help"), Website: pulumi.String("https://www.example.com/help")}},
// 			Languages:       pulumi.StringArray{pulumi.String("English"), pulumi.String("Hindi")},
// 		})
// 		return err
// 	})
// }
