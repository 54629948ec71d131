package io.duckfleet.common.statement;

/// A token of a SQL text: what it is, how it is written, and where (0-based offsets in characters).
public record SqlToken(Kind kind, String text, int start, int end) {

    public enum Kind {
        /// A keyword or an unquoted identifier.
        WORD,
        /// An identifier in double quotes.
        QUOTED,
        /// A string literal of any notation.
        STRING,
        NUMBER,
        /// `?`, `$1` or `$name`.
        PARAMETER,
        /// One character of punctuation or of an operator.
        SYMBOL
    }

    public boolean isWord(String word) {
        return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    public boolean isSymbol(char symbol) {
        return kind == Kind.SYMBOL && text.charAt(0) == symbol;
    }
}
