namespace CustomerSuccess.Core.Outreach;

/// <summary>A country as far as contacts need it.</summary>
/// <param name="Code">ISO 3166-1, two letters.</param>
/// <param name="Zone">IANA time zone; in a country of several the one in which most people live.</param>
/// <param name="IsEu">True for a member of the European Union.</param>
public sealed record Country(string Code, string Zone, bool IsEu = false)
{
    private static readonly (Country Country, string[] Names)[] All =
    [
        (new("AE", "Asia/Dubai"), ["UAE", "ARE", "United Arab Emirates", "アラブ首長国連邦"]),
        (new("AR", "America/Argentina/Buenos_Aires"), ["ARG", "Argentina", "アルゼンチン"]),
        (new("AT", "Europe/Vienna", true), ["AUT", "Austria", "オーストリア"]),
        (new("AU", "Australia/Sydney"), ["AUS", "Australia", "オーストラリア", "豪州"]),
        (new("BE", "Europe/Brussels", true), ["BEL", "Belgium", "ベルギー"]),
        (new("BG", "Europe/Sofia", true), ["BGR", "Bulgaria", "ブルガリア"]),
        (new("BR", "America/Sao_Paulo"), ["BRA", "Brazil", "ブラジル"]),
        (new("CA", "America/Toronto"), ["CAN", "Canada", "カナダ"]),
        (new("CH", "Europe/Zurich"), ["CHE", "Switzerland", "スイス"]),
        (new("CL", "America/Santiago"), ["CHL", "Chile", "チリ"]),
        (new("CN", "Asia/Shanghai"), ["CHN", "China", "中国"]),
        (new("CO", "America/Bogota"), ["COL", "Colombia", "コロンビア"]),
        (new("CY", "Asia/Nicosia", true), ["CYP", "Cyprus", "キプロス"]),
        (new("CZ", "Europe/Prague", true), ["CZE", "Czechia", "Czech Republic", "チェコ"]),
        (new("DE", "Europe/Berlin", true), ["DEU", "Germany", "Deutschland", "ドイツ"]),
        (new("DK", "Europe/Copenhagen", true), ["DNK", "Denmark", "デンマーク"]),
        (new("EE", "Europe/Tallinn", true), ["EST", "Estonia", "エストニア"]),
        (new("EG", "Africa/Cairo"), ["EGY", "Egypt", "エジプト"]),
        (new("ES", "Europe/Madrid", true), ["ESP", "Spain", "スペイン"]),
        (new("FI", "Europe/Helsinki", true), ["FIN", "Finland", "フィンランド"]),
        (new("FR", "Europe/Paris", true), ["FRA", "France", "フランス"]),
        (new("GB", "Europe/London"), ["UK", "GBR", "United Kingdom", "Great Britain", "England", "イギリス", "英国"]),
        (new("GR", "Europe/Athens", true), ["GRC", "Greece", "ギリシャ"]),
        (new("HK", "Asia/Hong_Kong"), ["HKG", "Hong Kong", "香港"]),
        (new("HR", "Europe/Zagreb", true), ["HRV", "Croatia", "クロアチア"]),
        (new("HU", "Europe/Budapest", true), ["HUN", "Hungary", "ハンガリー"]),
        (new("ID", "Asia/Jakarta"), ["IDN", "Indonesia", "インドネシア"]),
        (new("IE", "Europe/Dublin", true), ["IRL", "Ireland", "アイルランド"]),
        (new("IL", "Asia/Jerusalem"), ["ISR", "Israel", "イスラエル"]),
        (new("IN", "Asia/Kolkata"), ["IND", "India", "インド"]),
        (new("IS", "Atlantic/Reykjavik"), ["ISL", "Iceland", "アイスランド"]),
        (new("IT", "Europe/Rome", true), ["ITA", "Italy", "イタリア"]),
        (new("JP", "Asia/Tokyo"), ["JPN", "Japan", "日本", "日本国"]),
        (new("KE", "Africa/Nairobi"), ["KEN", "Kenya", "ケニア"]),
        (new("KR", "Asia/Seoul"), ["KOR", "South Korea", "Korea", "Republic of Korea", "韓国", "大韓民国"]),
        (new("LT", "Europe/Vilnius", true), ["LTU", "Lithuania", "リトアニア"]),
        (new("LU", "Europe/Luxembourg", true), ["LUX", "Luxembourg", "ルクセンブルク"]),
        (new("LV", "Europe/Riga", true), ["LVA", "Latvia", "ラトビア"]),
        (new("MT", "Europe/Malta", true), ["MLT", "Malta", "マルタ"]),
        (new("MX", "America/Mexico_City"), ["MEX", "Mexico", "メキシコ"]),
        (new("MY", "Asia/Kuala_Lumpur"), ["MYS", "Malaysia", "マレーシア"]),
        (new("NG", "Africa/Lagos"), ["NGA", "Nigeria", "ナイジェリア"]),
        (new("NL", "Europe/Amsterdam", true), ["NLD", "Netherlands", "Holland", "オランダ"]),
        (new("NO", "Europe/Oslo"), ["NOR", "Norway", "ノルウェー"]),
        (new("NZ", "Pacific/Auckland"), ["NZL", "New Zealand", "ニュージーランド"]),
        (new("PH", "Asia/Manila"), ["PHL", "Philippines", "フィリピン"]),
        (new("PK", "Asia/Karachi"), ["PAK", "Pakistan", "パキスタン"]),
        (new("PL", "Europe/Warsaw", true), ["POL", "Poland", "ポーランド"]),
        (new("PT", "Europe/Lisbon", true), ["PRT", "Portugal", "ポルトガル"]),
        (new("QA", "Asia/Qatar"), ["QAT", "Qatar", "カタール"]),
        (new("RO", "Europe/Bucharest", true), ["ROU", "Romania", "ルーマニア"]),
        (new("SA", "Asia/Riyadh"), ["SAU", "Saudi Arabia", "サウジアラビア"]),
        (new("SE", "Europe/Stockholm", true), ["SWE", "Sweden", "スウェーデン"]),
        (new("SG", "Asia/Singapore"), ["SGP", "Singapore", "シンガポール"]),
        (new("SI", "Europe/Ljubljana", true), ["SVN", "Slovenia", "スロベニア"]),
        (new("SK", "Europe/Bratislava", true), ["SVK", "Slovakia", "スロバキア"]),
        (new("TH", "Asia/Bangkok"), ["THA", "Thailand", "タイ"]),
        (new("TR", "Europe/Istanbul"), ["TUR", "Turkey", "Türkiye", "トルコ"]),
        (new("TW", "Asia/Taipei"), ["TWN", "Taiwan", "台湾"]),
        (new("UA", "Europe/Kyiv"), ["UKR", "Ukraine", "ウクライナ"]),
        (new("US", "America/New_York"), ["USA", "United States", "United States of America", "America", "米国", "アメリカ", "アメリカ合衆国"]),
        (new("VN", "Asia/Ho_Chi_Minh"), ["VNM", "Vietnam", "Viet Nam", "ベトナム"]),
        (new("ZA", "Africa/Johannesburg"), ["ZAF", "South Africa", "南アフリカ"]),
    ];

    private static readonly Dictionary<string, Country> ByName = All
        .SelectMany(entry => entry.Names.Prepend(entry.Country.Code).Select(name => (name, entry.Country)))
        .ToDictionary(entry => entry.name, entry => entry.Country, StringComparer.OrdinalIgnoreCase);

    /// <summary>Every code that may be named.</summary>
    public static IEnumerable<string> Codes => All.Select(entry => entry.Country.Code);

    /// <summary>The country of a code or name in either language, as accounts have it; null where it is not known.</summary>
    public static Country? Find(string? text) => text is null ? null : ByName.GetValueOrDefault(text.Trim());
}

/// <summary>The time zone in which a person lives.</summary>
public static class PersonZone
{
    /// <summary>The person's own zone, else the country's, else the company's.</summary>
    /// <param name="own">What the contact's record says; ignored where it is no known zone.</param>
    /// <param name="country">The account's country.</param>
    /// <param name="company">The company's zone, a known one.</param>
    public static TimeZoneInfo Of(string? own, Country? country, string company) =>
        own is not null && TimeZoneInfo.TryFindSystemTimeZoneById(own.Trim(), out var zone) ? zone
        : country is not null && TimeZoneInfo.TryFindSystemTimeZoneById(country.Zone, out var theirs) ? theirs
        : TimeZoneInfo.FindSystemTimeZoneById(company);
}
