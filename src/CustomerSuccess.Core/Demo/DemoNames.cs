namespace CustomerSuccess.Core.Demo;

/// <summary>A company's name with its reading; the reading is null for names in Latin letters.</summary>
internal sealed record CompanyName(string Name, string? Kana);

/// <summary>A person's name with its reading; the reading is null for names in Latin letters.</summary>
internal sealed record PersonName(string Name, string? Kana);

/// <summary>Invented companies and people, half of them Japanese.</summary>
internal static class DemoNames
{
    private static readonly (string Name, string Kana)[] Heads =
    [
        ("青葉", "アオバ"), ("朝日丘", "アサヒガオカ"), ("飛鳥野", "アスカノ"), ("渡良瀬", "ワタラセ"), ("梅里", "ウメサト"), ("大空", "オオゾラ"), ("霞町", "カスミチョウ"), ("金峰", "キンポウ"),
        ("桐生川", "キリュウガワ"), ("黒潮", "クロシオ"), ("光陽", "コウヨウ"), ("小春", "コハル"), ("桜橋", "サクラバシ"), ("白鷺", "シラサギ"), ("杉並木", "スギナミキ"), ("瀬戸内", "セトウチ"),
        ("高砂", "タカサゴ"), ("千歳", "チトセ"), ("月見", "ツキミ"), ("東雲", "シノノメ"), ("富岳", "フガク"), ("七星", "ナナホシ"), ("錦", "ニシキ"), ("浜風", "ハマカゼ"),
        ("日向", "ヒュウガ"), ("藤乃", "フジノ"), ("北斗", "ホクト"), ("松風", "マツカゼ"), ("美里", "ミサト"), ("武蔵野", "ムサシノ"), ("紅葉", "モミジ"), ("八重", "ヤエ"),
        ("雪国", "ユキグニ"), ("吉野", "ヨシノ"), ("若竹", "ワカタケ"), ("みどり", "ミドリ"), ("ひかり", "ヒカリ"), ("さくら", "サクラ"), ("アオゾラ", "アオゾラ"), ("ミナト", "ミナト"),
    ];

    private static readonly (string Name, string Kana)[] Trades =
    [
        ("商事", "ショウジ"), ("製作所", "セイサクショ"), ("物流", "ブツリュウ"), ("システム", "システム"), ("食品", "ショクヒン"), ("工業", "コウギョウ"), ("電機", "デンキ"), ("不動産", "フドウサン"),
        ("建設", "ケンセツ"), ("印刷", "インサツ"), ("薬品", "ヤクヒン"), ("教育出版", "キョウイクシュッパン"), ("テクノロジーズ", "テクノロジーズ"), ("ソリューションズ", "ソリューションズ"), ("運輸", "ウンユ"), ("紡績", "ボウセキ"),
    ];

    private static readonly string[] EnglishHeads =
    [
        "Alder", "Amber", "Beacon", "Birch", "Bluewater", "Cascade", "Cedar", "Clearbrook", "Copperfield", "Crescent", "Driftwood", "Eastgate", "Elmwood", "Fairhaven", "Foxglove", "Granite", "Greenfield", "Harborview", "Hawthorn", "Hillcrest",
        "Ironwood", "Juniper", "Kestrel", "Lakeshore", "Larkspur", "Maplewood", "Meridian", "Millstone", "Northgate", "Oakridge", "Pinecrest", "Quarry", "Redwood", "Riverside", "Saltmarsh", "Silverlake", "Stonebridge", "Summit", "Thornbury", "Willow",
    ];

    private static readonly string[] EnglishTrades = ["Analytics", "Foods", "Freight", "Health", "Industries", "Interiors", "Labs", "Logistics", "Media", "Outfitters", "Partners", "Press", "Robotics", "Supply", "Systems", "Textiles"];

    private static readonly string[] EnglishForms = ["Inc.", "Ltd", "LLC", "Group", "Co."];

    private static readonly (string Name, string Kana)[] Families =
    [
        ("佐藤", "サトウ"), ("鈴木", "スズキ"), ("高橋", "タカハシ"), ("田中", "タナカ"), ("伊藤", "イトウ"), ("渡辺", "ワタナベ"), ("山本", "ヤマモト"), ("中村", "ナカムラ"), ("小林", "コバヤシ"), ("加藤", "カトウ"),
        ("吉田", "ヨシダ"), ("山田", "ヤマダ"), ("佐々木", "ササキ"), ("松本", "マツモト"), ("井上", "イノウエ"), ("木村", "キムラ"), ("清水", "シミズ"), ("森", "モリ"), ("池田", "イケダ"), ("橋本", "ハシモト"),
    ];

    private static readonly (string Name, string Kana)[] Given =
    [
        ("翔太", "ショウタ"), ("大輔", "ダイスケ"), ("健一", "ケンイチ"), ("陽菜", "ヒナ"), ("美咲", "ミサキ"), ("恵子", "ケイコ"), ("直樹", "ナオキ"), ("由美", "ユミ"), ("誠", "マコト"), ("葵", "アオイ"),
        ("拓也", "タクヤ"), ("真由美", "マユミ"), ("和也", "カズヤ"), ("さくら", "サクラ"), ("浩", "ヒロシ"), ("千尋", "チヒロ"),
    ];

    private static readonly string[] FirstNames = ["Alice", "Ben", "Carla", "David", "Emma", "Farid", "Grace", "Henry", "Isla", "James", "Karin", "Liam", "Maya", "Noah", "Olivia", "Priya", "Quentin", "Rosa", "Samuel", "Tara"];

    private static readonly string[] LastNames = ["Adams", "Baker", "Chen", "Diaz", "Evans", "Fischer", "Garcia", "Hughes", "Ito", "Jones", "Khan", "Lopez", "Miller", "Novak", "O'Brien", "Patel", "Quinn", "Rossi", "Smith", "Turner"];

    /// <summary>A company's name. The combinations are walked in order of the index, so that few are met twice.</summary>
    public static CompanyName Company(DemoRandom random, bool japanese, int index)
    {
        var place = index / 2;
        if (japanese)
        {
            var head = Heads[place % Heads.Length];
            var trade = Trades[((place / Heads.Length) + (place * 7)) % Trades.Length];
            var before = random.Chance(0.6);
            return new CompanyName(before ? $"株式会社{head.Name}{trade.Name}" : $"{head.Name}{trade.Name}株式会社", head.Kana + trade.Kana);
        }

        var english = EnglishHeads[place % EnglishHeads.Length];
        var business = EnglishTrades[((place / EnglishHeads.Length) + (place * 7)) % EnglishTrades.Length];
        return new CompanyName($"{english} {business} {random.Pick(EnglishForms)}", null);
    }

    public static PersonName Person(DemoRandom random, bool japanese)
    {
        if (!japanese)
        {
            return new PersonName($"{random.Pick(FirstNames)} {random.Pick(LastNames)}", null);
        }

        var family = random.Pick(Families);
        var given = random.Pick(Given);
        return new PersonName($"{family.Name} {given.Name}", $"{family.Kana} {given.Kana}");
    }
}
