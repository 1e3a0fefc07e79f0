namespace Infra.Tests;

public class NudgesTests
{
    [Fact]
    public async Task Events_EachLeafsVault_GoToTheQueueWithTheTopicsIdentity()
    {
        var deployment = await Deployment.Plain;

        var topics = deployment.All("Microsoft.EventGrid/systemTopics");
        var subscriptions = deployment.All("Microsoft.EventGrid/systemTopics/eventSubscriptions");

        Assert.Equal(["[{vaults.gateway.id}]", "[{vaults.samples.id}]"], topics.Select(topic => topic.Text("source")));
        Assert.Equal(["evgt-gateway/nudges", "evgt-samples/nudges"], subscriptions.Select(subscription => subscription.Name));
        Assert.All(subscriptions, subscription =>
        {
            Assert.Equal("SystemAssigned", subscription.Text("deliveryWithResourceIdentity.identity.type"));
            Assert.Equal("StorageQueue", subscription.Text("deliveryWithResourceIdentity.destination.endpointType"));
            Assert.Equal("Microsoft.Storage/storageAccounts/stcontrol", subscription.Text("deliveryWithResourceIdentity.destination.properties.resourceId"));
            Assert.Equal("nudges", subscription.Text("deliveryWithResourceIdentity.destination.properties.queueName"));
            Assert.Equal(3, subscription["filter.includedEventTypes"]!.AsArray().Count);
        });
    }

    [Fact]
    public async Task Queue_Nudges_IsInTheControlPlanesHostAccountOnly()
    {
        var queues = (await Deployment.Plain).All("Microsoft.Storage/storageAccounts/queueServices/queues");

        Assert.Equal(["stcontrol/default/nudges"], queues.Select(queue => queue.Name));
    }
}
