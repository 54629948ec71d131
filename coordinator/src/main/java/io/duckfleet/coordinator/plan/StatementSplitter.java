package io.duckfleet.coordinator.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.statement.SelectStatement;
import io.duckfleet.common.statement.StatementReader;
import io.duckfleet.coordinator.statement.CallersStatement;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import net.sf.jsqlparser.JSQLParserException;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.parser.TokenMgrException;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.SelectItem;
import org.jspecify.annotations.Nullable;

/// Reads a statement with JSqlParser and tells its [StatementShape]. JSqlParser reads some of DuckDB's syntax
/// otherwise than DuckDB does, in silence (`//` as a comment, `"st.a"` as two names), so its tree is trusted
/// only if DuckDB makes the same tree of JSqlParser's text as of the original.
final class StatementSplitter {

    /// Beyond, parsing takes longer than it can save.
    private static final int LONGEST_TEXT = 20_000;

    private static final long TIME_LIMIT_MS = 500;

    private StatementSplitter() {}

    static StatementShape shapeOf(CallersStatement statement, Session session) {
        if (statement.rowLimit().isEmpty() && !hasLimit(statement.select())) {
            return new StatementShape.AnyOther();
        }
        return trustedTree(statement.select(), session)
                .flatMap(select -> firstRows(select, statement.rowLimit()))
                .map(rows -> (StatementShape) new StatementShape.FirstRows(rows))
                .orElseGet(StatementShape.AnyOther::new);
    }

    private static boolean hasLimit(SelectStatement statement) {
        return !statement.tree().path("node").path("modifiers").isEmpty();
    }

    /// JSqlParser's tree, if DuckDB agrees with it.
    static Optional<PlainSelect> trustedTree(SelectStatement statement, Session session) {
        if (statement.sql().length() > LONGEST_TEXT) {
            return Optional.empty();
        }
        try {
            Statement parsed = CCJSqlParserUtil.parse(statement.sql(), parser -> parser.withTimeOut(TIME_LIMIT_MS));
            return parsed instanceof PlainSelect select && isSame(statement, select.toString(), session)
                    ? Optional.of(select)
                    : Optional.empty();
        } catch (JSQLParserException | TokenMgrException e) {
            return Optional.empty();
        }
    }

    private static boolean isSame(SelectStatement statement, String text, Session session) {
        try {
            JsonNode other = StatementReader.read(session, text).tree();
            return StatementTrees.withoutPlaces(statement.tree()).equals(StatementTrees.withoutPlaces(other));
        } catch (FleetException e) {
            return false;
        }
    }

    private static Optional<Long> firstRows(PlainSelect select, OptionalLong rowLimit) {
        if (!isPlainScan(select)) {
            return Optional.empty();
        }
        OptionalLong own = select.getLimit() == null
                ? OptionalLong.of(Long.MAX_VALUE)
                : constant(select.getLimit().getRowCount());
        OptionalLong offset = offsetOf(select);
        long rows = Math.min(own.orElse(Long.MAX_VALUE), rowLimit.orElse(Long.MAX_VALUE));
        return own.isPresent() && offset.isPresent() && rows < Integer.MAX_VALUE
                ? Optional.of(rows + offset.getAsLong())
                : Optional.empty();
    }

    /// One row of the table is one row of the answer, in the same order.
    private static boolean isPlainScan(PlainSelect select) {
        return select.getFromItem() instanceof Table table
                && table.getSampleClause() == null
                && table.getPivot() == null
                && table.getUnPivot() == null
                && isEmpty(select.getJoins())
                && isEmpty(select.getLateralViews())
                && isEmpty(select.getWithItemsList())
                && isEmpty(select.getOrderByElements())
                && isEmpty(select.getWindowDefinitions())
                && select.getDistinct() == null
                && select.getGroupBy() == null
                && select.getHaving() == null
                && select.getQualify() == null
                && select.getSampleClause() == null
                && select.getFetch() == null
                && select.getTop() == null
                && select.getSelectItems().stream().allMatch(StatementSplitter::isPlainItem);
    }

    private static boolean isPlainItem(SelectItem<?> item) {
        return item.getExpression() instanceof AllColumns || item.getExpression() instanceof Column;
    }

    private static OptionalLong offsetOf(PlainSelect select) {
        if (select.getLimit() != null && select.getLimit().getOffset() != null) {
            return constant(select.getLimit().getOffset());
        }
        return select.getOffset() == null
                ? OptionalLong.of(0)
                : constant(select.getOffset().getOffset());
    }

    private static OptionalLong constant(@Nullable Expression expression) {
        return expression instanceof LongValue number && number.getValue() >= 0 && number.getValue() < Integer.MAX_VALUE
                ? OptionalLong.of(number.getValue())
                : OptionalLong.empty();
    }

    private static boolean isEmpty(@Nullable List<?> list) {
        return list == null || list.isEmpty();
    }
}
