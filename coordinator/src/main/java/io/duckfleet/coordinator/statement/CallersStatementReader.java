package io.duckfleet.coordinator.statement;

import com.fasterxml.jackson.databind.JsonNode;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.statement.FunctionCall;
import io.duckfleet.common.statement.FunctionPolicy;
import io.duckfleet.common.statement.SelectStatement;
import io.duckfleet.common.statement.SqlToken;
import io.duckfleet.common.statement.SqlTokens;
import io.duckfleet.common.statement.StatementReader;
import io.duckfleet.common.statement.TableReference;
import io.duckfleet.coordinator.statement.EditedText.Edit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Reads a caller's text and values as a [CallersStatement]. Our own tokens only find places; DuckDB's parser
/// proves what comes out. Stateless; any session will do.
public final class CallersStatementReader {

    private final Session session;
    private final ExplainPrefix prefix;
    private final List<SqlToken> body;
    private final EditedText plain;

    private CallersStatementReader(Session session, String sql) {
        List<SqlToken> tokens = SqlTokens.of(sql);
        this.session = session;
        this.prefix = ExplainPrefix.in(tokens);
        this.body = withoutTerminators(tokens.subList(prefix.tokens(), tokens.size()));
        this.plain = EditedText.of(sql).with(outside(sql, body));
    }

    /// The statement that `sql` is with the values of `parameters`.
    ///
    /// @throws FleetException `sql_syntax`, `not_a_select`, `function_not_allowed` with positions in `sql`;
    /// `invalid_request` for values that are missing, too many or of the wrong kind
    public static CallersStatement read(Session session, String sql, Parameters parameters, OptionalLong rowLimit) {
        return new CallersStatementReader(session, sql).read(parameters, rowLimit);
    }

    private CallersStatement read(Parameters parameters, OptionalLong rowLimit) {
        if (body.isEmpty()) {
            throw new FleetException(ErrorCode.NOT_A_SELECT, "one SELECT statement was expected, there is none");
        }
        ParameterSlots slots = ParameterSlots.in(body);
        EditedText bound = plain.with(slots.fill(parameters));
        OpenPivots pivots = OpenPivots.in(body);
        boolean open = !pivots.isEmpty() && isRead(bound.with(pivots.lists()), pivots);
        List<Edit> lists = open ? pivots.lists() : List.of();
        EditedText gate = bound.with(lists);
        SelectStatement read = parse(gate);
        prove(slots, plain.with(lists), read);
        SelectStatement select =
                new SelectStatement(bound.text(), read.tree(), tables(read, gate), functions(read, gate));
        FunctionPolicy.check(select);
        return new CallersStatement(select, open, rowLimit, prefix.explaining(), bound);
    }

    /// Whether DuckDB reads the lists as the pivots' own.
    private boolean isRead(EditedText withLists, OpenPivots pivots) {
        try {
            return pivots.areAllIn(
                    StatementReader.read(session, withLists.text()).tree());
        } catch (FleetException e) {
            return false;
        }
    }

    private SelectStatement parse(EditedText text) {
        try {
            return StatementReader.read(session, text.text());
        } catch (FleetException e) {
            throw e.extensions().get("position") instanceof Integer position
                    ? e.with("position", text.inOriginal(position))
                    : e;
        }
    }

    private void prove(ParameterSlots slots, EditedText template, SelectStatement read) {
        JsonNode tree = slots.isEmpty() ? read.tree() : parse(template).tree();
        boolean proved = slots.isEmpty()
                ? ParameterProof.names(tree).isEmpty()
                : slots.areNamed(ParameterProof.names(tree)) && ParameterProof.isSame(tree, read.tree());
        if (!proved) {
            throw FleetException.invalid(
                    Parameters.FIELD,
                    "values can't stand where the statement's parameters are; write them as literals");
        }
    }

    private List<TableReference> tables(SelectStatement read, EditedText gate) {
        return read.tables().stream()
                .map(table -> new TableReference(
                        table.catalog(),
                        table.schema(),
                        table.name(),
                        inCallersText(table.position(), gate),
                        table.timeTravel()))
                .toList();
    }

    private List<FunctionCall> functions(SelectStatement read, EditedText gate) {
        return read.functions().stream()
                .map(call -> new FunctionCall(call.name(), call.asTable(), inCallersText(call.position(), gate)))
                .toList();
    }

    private static OptionalInt inCallersText(OptionalInt position, EditedText gate) {
        return position.isPresent() ? OptionalInt.of(gate.inOriginal(position.getAsInt())) : position;
    }

    private static List<SqlToken> withoutTerminators(List<SqlToken> tokens) {
        int end = tokens.size();
        while (end > 0 && tokens.get(end - 1).isSymbol(';')) {
            end--;
        }
        return tokens.subList(0, end);
    }

    /// Cuts off what stands before and behind the body.
    private static List<Edit> outside(String sql, List<SqlToken> body) {
        List<Edit> cuts = new ArrayList<>();
        if (!body.isEmpty()) {
            cuts.add(new Edit(0, body.getFirst().start(), ""));
            cuts.add(new Edit(body.getLast().end(), sql.length(), ""));
        }
        return cuts;
    }
}
