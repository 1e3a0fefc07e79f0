using System.Text.RegularExpressions;

namespace Gateway.Tests.Configuration;

/// <summary>
/// Every YAML block of the documentation is right. One with "version:" is a whole file; others are parts of a file, to which the test adds the
/// names that they use. A block that is no configuration says so in its first line: "# not a gateway configuration".
/// </summary>
public partial class DocumentationTests
{
    private static readonly (string Section, string Text)[] _rest =
    [
        ("services", """services: { orders: "http://localhost:7081", customers: "http://localhost:7082", catalog: "http://localhost:7083" }"""),
        ("issuers", """issuers: { entra: { authority: "https://login.example", audiences: api } }"""),
        ("limits", "limits: { per-consumer: { rate: 100 per 10s by consumer, mode: local } }"),
        ("plans", "plans: { free: {}, gold: {} }"),
    ];

    public static TheoryData<string, int, string> Blocks
    {
        get
        {
            var blocks = new TheoryData<string, int, string>();
            string[] files = [Path.Combine(Repository.Root, "README.md"), .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)];
            foreach (var file in files.Where(File.Exists))
            {
                var text = File.ReadAllText(file);
                foreach (Match block in Block().Matches(text))
                {
                    blocks.Add(Path.GetRelativePath(Repository.Root, file), 1 + text[..block.Index].Count(character => character == '\n'), block.Groups[1].Value);
                }
            }

            return blocks;
        }
    }

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Block_IsRightUpToWhatIsNotSupportedYet(string file, int line, string block)
    {
        if (block.StartsWith("# not a gateway configuration", StringComparison.Ordinal))
        {
            return;
        }

        var errors = Yaml.Load(Whole(block)).Errors.Where(error => !error.NotSupportedYet).ToList();

        Assert.True(errors.Count == 0, $"{file}, the block on line {line}:\n{string.Join('\n', errors)}");
    }

    [Theory]
    [MemberData(nameof(Blocks))]
    public async Task Block_FitsTheSchema(string file, int line, string block)
    {
        if (!block.StartsWith("# not a gateway configuration", StringComparison.Ordinal))
        {
            Assert.True(!(await ConfigSchemaTests.Validate(Whole(block), fill: false)).Any(), $"{file}, the block on line {line}");
        }
    }

    [Fact]
    public void Blocks_AreFound() => Assert.True(Blocks.Count > 10);

    // The block comes first, so that lines in errors are its own.
    private static string Whole(string block) => Key("version").IsMatch(block)
        ? block
        : $"{block}\nversion: 1\n{string.Join('\n', _rest.Where(part => !Key(part.Section).IsMatch(block)).Select(part => part.Text))}\n";

    private static Regex Key(string name) => new($"^{name}:", RegexOptions.Multiline);

    [GeneratedRegex(@"^```ya?ml\r?\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
