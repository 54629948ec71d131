package io.duckfleet.coordinator.record;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.coordinator.catalogue.CatalogueService;
import io.duckfleet.coordinator.filefilter.FileFilters;
import io.duckfleet.coordinator.lake.ChosenTable;
import io.duckfleet.coordinator.lake.LakeSchema;
import io.duckfleet.coordinator.lake.UnreadFiles;
import io.duckfleet.coordinator.plan.Column;
import io.duckfleet.coordinator.run.Answer;
import io.duckfleet.coordinator.run.LakeSessions;
import io.duckfleet.coordinator.run.QueryRequest;
import io.duckfleet.coordinator.run.QueryService;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/// Finds records of the lake. Each answer is a query like any other: admitted, with a deadline, in the
/// history, to be cancelled. Thread-safe.
public final class RecordService {

    private static final long MOST_HOURS = 168;

    private final QueryService queries;
    private final LakeSessions lake;
    private final CatalogueService catalogue;
    private final FileFilters filters;
    private final RecordLimits limits;
    private final Searches searches;
    private final Clock clock;

    public RecordService(
            QueryService queries,
            LakeSessions lake,
            CatalogueService catalogue,
            FileFilters filters,
            RecordLimits limits,
            Fields fields,
            Clock clock) {
        this.queries = queries;
        this.lake = lake;
        this.catalogue = catalogue;
        this.filters = filters;
        this.limits = limits;
        this.searches = new Searches(fields);
        this.clock = clock;
    }

    /// The rows of the caller's own SELECT: all of them, unless a limit is given.
    Answer sql(QueryRequest request, AnswerOptions options) {
        lake.requireLake();
        request.rowLimit().ifPresent(limits::check);
        return queries.records(request, options.format(), options.numbers(), options.signal());
    }

    /// The newest record whose `record_id` is `id`, or else whose `id` is.
    ///
    /// @throws FleetException `not_found`
    Answer byId(String id, Optional<String> table, Optional<Long> limit, AnswerOptions options) {
        lake.requireLake();
        long most = limits.orStandard(limit);
        LakeSchema schema = lake.schema();
        ChosenTable chosen = ChosenTable.of(schema.tables(), table);
        for (String column : Searches.IDS) {
            UnreadFiles unread = filters.without(id, column, chosen.tables(), schema);
            Optional<RecordQuery> lookup = searches.byId(chosen, unread, column, id, most);
            if (lookup.isPresent()) {
                Answer answer = answer(lookup.get(), schema, options);
                if (answer.rows() > 0 || most == 0) {
                    return answer;
                }
                answer.close();
            }
        }
        throw new FleetException(
                ErrorCode.NOT_FOUND,
                "Record not found: no record_id and no id in %s is \"%s\"".formatted(chosen.source(), id));
    }

    /// The records of a range of dates, newest first.
    Answer inRange(DateRangeRequest request, AnswerOptions options) {
        lake.requireLake();
        DateRange range =
                DateRange.of(Optional.ofNullable(request.startDate()), Optional.ofNullable(request.endDate()));
        long limit = limits.orStandard(Optional.ofNullable(request.limit()));
        String field = Optional.ofNullable(request.dateField())
                .filter(name -> !name.isEmpty())
                .orElse(Searches.INGESTED_AT);
        LakeSchema schema = lake.schema();
        ChosenTable chosen = ChosenTable.of(schema.tables(), Optional.ofNullable(request.table()));
        Optional<Instant> newest = column(chosen, field)
                .filter(column -> !range.boundsOf(Field.of(column), field).isOneValue())
                .flatMap(column -> catalogue.timeOfNewest(chosen, column, Optional.of(range.until()), limit));
        return newestFirst(
                range.from(),
                newest,
                from -> searches.inRange(chosen, field, new DateRange(from, range.until()), limit),
                limit,
                schema,
                options);
    }

    /// The records of the last hours, newest first.
    Answer recent(long hours, Optional<Long> limit, Optional<String> table, AnswerOptions options) {
        lake.requireLake();
        if (hours < 1 || hours > MOST_HOURS) {
            throw FleetException.invalid("hours", "1 to %d was expected, it is %d".formatted(MOST_HOURS, hours));
        }
        long most = limits.orStandard(limit);
        Instant since = clock.instant().minus(Duration.ofHours(hours));
        LakeSchema schema = lake.schema();
        ChosenTable chosen = ChosenTable.of(schema.tables(), table);
        Optional<Instant> newest = column(chosen, Searches.INGESTED_AT)
                .flatMap(column -> catalogue.timeOfNewest(chosen, column, Optional.empty(), most));
        return newestFirst(since, newest, from -> searches.recent(chosen, from, most), most, schema, options);
    }

    private static Optional<Column> column(ChosenTable chosen, String name) {
        return chosen.columns().stream()
                .filter(column -> column.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /// The records that `search` finds from a time on. As DuckDB reads a lake's files from the oldest on, and
    /// all columns of each, only those from `newest` on are asked first, which the catalog says to be enough.
    private Answer newestFirst(
            Instant since,
            Optional<Instant> newest,
            Function<Instant, RecordQuery> search,
            long most,
            LakeSchema schema,
            AnswerOptions options) {
        Optional<Instant> later = newest.filter(since::isBefore);
        if (later.isPresent()) {
            Answer answer = answer(search.apply(later.get()), schema, options);
            if (answer.rows() >= most) {
                return answer;
            }
            answer.close();
        }
        return answer(search.apply(since), schema, options);
    }

    /// The records that hold a text.
    Answer search(SearchRequest request, AnswerOptions options) {
        lake.requireLake();
        SearchTerm term = SearchTerm.of(Optional.ofNullable(request.searchTerm()));
        long limit = limits.orStandard(Optional.ofNullable(request.limit()));
        Optional<String> column = Optional.ofNullable(request.column());
        return answer(
                Optional.ofNullable(request.table()), table -> searches.holding(table, term, column, limit), options);
    }

    /// The tables are those that the name was looked for among.
    private Answer answer(Optional<String> name, Function<ChosenTable, RecordQuery> search, AnswerOptions options) {
        LakeSchema schema = lake.schema();
        return answer(search.apply(ChosenTable.of(schema.tables(), name)), schema, options);
    }

    private Answer answer(RecordQuery query, LakeSchema schema, AnswerOptions options) {
        return queries.records(
                query.over(schema, options.timeoutMs()), options.format(), options.numbers(), options.signal());
    }
}
