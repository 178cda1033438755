using MudBlazor;

namespace CustomerSuccess.Web.Layout;

/// <summary>Colours and type of the application. app.css holds the same colours for what MudBlazor does not draw.</summary>
public static class Theme
{
    /// <summary>The cookie that holds the reader's choice: <c>light</c> or <c>dark</c>.</summary>
    public const string ChosenCookie = "cs.theme";

    /// <summary>The cookie in which the browser notes what its system prefers.</summary>
    public const string SystemCookie = "cs.system-theme";

    private static readonly string[] Fonts = ["Inter Variable", "Noto Sans JP Variable", "system-ui", "sans-serif"];

    /// <summary>The choice, else the system's preference, else <c>light</c>.</summary>
    public static string Of(HttpContext context) =>
        (context.Request.Cookies[ChosenCookie] ?? context.Request.Cookies[SystemCookie]) == "dark" ? "dark" : "light";

    public static bool IsDark(HttpContext context) => Of(context) == "dark";

    /// <summary>A fresh theme for one circuit.</summary>
    public static MudTheme Create() => new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#4547C9",
            PrimaryContrastText = "#FFFFFF",
            Secondary = "#57606A",
            Background = "#FAFAFB",
            Surface = "#FFFFFF",
            AppbarBackground = "#FFFFFF",
            TextPrimary = "#1B1F24",
            TextSecondary = "#57606A",
            TextDisabled = "#6E7781",
            ActionDefault = "#57606A",
            LinesDefault = "#E4E6EA",
            LinesInputs = "#8C959F",
            TableLines = "#ECEEF1",
            TableHover = "#F3F4F7",
            Divider = "#E4E6EA",
            Success = "#0B7A53",
            Warning = "#8A5A00",
            Error = "#B3261E",
            Info = "#0B66A8",
            Skeleton = "#E9EBEF",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#A3A8FF",
            PrimaryContrastText = "#101214",
            Secondary = "#A2AAB5",
            Background = "#0F1114",
            Surface = "#16191D",
            AppbarBackground = "#16191D",
            TextPrimary = "#E7E9EC",
            TextSecondary = "#A2AAB5",
            TextDisabled = "#8A929D",
            ActionDefault = "#A2AAB5",
            LinesDefault = "#2A2F36",
            LinesInputs = "#6B747F",
            TableLines = "#23282E",
            TableHover = "#1D2126",
            Divider = "#2A2F36",
            Success = "#5CCB9A",
            Warning = "#E5B454",
            Error = "#FF8F86",
            Info = "#72B8EE",
            Skeleton = "#23282E",
        },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Fonts, FontSize = "0.875rem", LineHeight = "1.5", LetterSpacing = "normal" },
            H1 = new H1Typography { FontFamily = Fonts, FontSize = "1.375rem", FontWeight = "600", LineHeight = "1.3", LetterSpacing = "normal" },
            H2 = new H2Typography { FontFamily = Fonts, FontSize = "1rem", FontWeight = "600", LineHeight = "1.4", LetterSpacing = "normal" },
            H6 = new H6Typography { FontFamily = Fonts, FontSize = "1rem", FontWeight = "600", LineHeight = "1.4", LetterSpacing = "normal" },
            Body1 = new Body1Typography { FontFamily = Fonts, FontSize = "0.875rem", LineHeight = "1.5", LetterSpacing = "normal" },
            Body2 = new Body2Typography { FontFamily = Fonts, FontSize = "0.8125rem", LineHeight = "1.5", LetterSpacing = "normal" },
            Subtitle1 = new Subtitle1Typography { FontFamily = Fonts, FontSize = "0.875rem", LetterSpacing = "normal" },
            Subtitle2 = new Subtitle2Typography { FontFamily = Fonts, FontSize = "0.8125rem", LetterSpacing = "normal" },
            Button = new ButtonTypography { FontFamily = Fonts, FontSize = "0.8125rem", FontWeight = "500", TextTransform = "none", LetterSpacing = "normal" },
            Caption = new CaptionTypography { FontFamily = Fonts, FontSize = "0.8125rem", LetterSpacing = "normal" },
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "6px" },
    };
}
