namespace CustomerSuccess.Core.Ingestion;

/// <summary>A file that cannot be taken as it is. Nothing of it has been applied. <see cref="Reasons"/> has a sentence for each code.</summary>
public sealed class UnreadableFileException : Exception
{
    public UnreadableFileException(string code, params (string Name, object? Value)[] args)
        : this(code, args.ToDictionary(arg => arg.Name, arg => arg.Value), null)
    {
    }

    public UnreadableFileException(string code, IReadOnlyDictionary<string, object?> args, Exception? cause)
        : base(Reasons.English(code, args), cause)
    {
        Code = code;
        Args = args;
    }

    /// <summary>Stable code of the rule, such as <c>file_binary</c>.</summary>
    public string Code { get; }

    /// <summary>Arguments of the sentence.</summary>
    public IReadOnlyDictionary<string, object?> Args { get; }
}
