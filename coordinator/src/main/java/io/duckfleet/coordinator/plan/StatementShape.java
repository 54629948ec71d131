package io.duckfleet.coordinator.plan;

/// What the splitter recognises of a statement's form. Anything that it can't be sure of is [AnyOther]: then
/// the adviser's word alone counts.
sealed interface StatementShape {

    /// `SELECT columns FROM one_table [WHERE ..] LIMIT ..`: the first `rows` rows of the table that pass are
    /// enough.
    record FirstRows(long rows) implements StatementShape {}

    record AnyOther() implements StatementShape {}
}
