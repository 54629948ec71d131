package io.duckfleet.datanode.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckfleet.datanode.load.CsvFixture.Content;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManyObjectsTest {

    private CsvFixture files;

    @BeforeAll
    void start() {
        files = new CsvFixture();
    }

    @AfterAll
    void stop() {
        files.close();
    }

    private String put(String key, String text) {
        return files.server().put(key, CsvFixture.utf8(text));
    }

    @Test
    void loadsAllUnderAPrefixInTheOrderOfTheirKeys() {
        put("prefix/b.csv", "a,b\n3,z\n");
        put("prefix/a.csv", "a,b\n1,x\n2,y\n");
        put("prefix/deep/er/c.csv", "a,b\n4,w\n");
        put("prefix/_SUCCESS", "done");
        put("prefix/empty.csv", "");
        put("prefix-of-others.csv", "other\n1\n");

        Content loaded = files.loaded(CsvFixture.request("s3://files/prefix/"));

        assertThat(loaded.columns()).containsExactly("a BIGINT", "b VARCHAR");
        assertThat(loaded.rows()).containsExactly(row(1L, "x"), row(2L, "y"), row(3L, "z"), row(4L, "w"));
    }

    @Test
    void loadsWhatFitsAGlob() {
        put("glob/2025/01.csv", "a\n1\n");
        files.server().put("glob/2025/02.csv.gz", CsvFixture.gzip(CsvFixture.utf8("a\n2\n")));
        put("glob/2025/deep/03.csv", "a\n3\n");
        put("glob/2024/04.csv", "a\n4\n");
        put("glob/2025/notes.txt", "b\nx\n");

        assertThat(firsts("s3://files/glob/2025/*.csv*")).containsExactly(1L, 2L);
        assertThat(firsts("s3://files/glob/**/*.csv*")).containsExactly(4L, 1L, 2L, 3L);
        assertThat(firsts("s3://files/glob/202?/0[14].csv")).containsExactly(4L, 1L);
        assertThat(firsts("s3://files/glob/202[!4]/0*.csv")).containsExactly(1L);
    }

    @Test
    void tellsEachRowsObjectOnRequest() {
        put("named/a.csv", "a\n1\n");
        put("named/b.csv", "a\n2\n3\n");
        files.server().put("named-json/a.json", CsvFixture.utf8("{\"a\":1}"));
        files.server().put("named-json/b,'.json", CsvFixture.utf8("{\"a\":2}"));

        Content csv = files.loaded(CsvFixture.withFilename(CsvFixture.request("s3://files/named/")));
        Content json = files.loaded(CsvFixture.withFilename(CsvFixture.request("s3://files/named-json/")));

        assertThat(csv.columns()).containsExactly("a BIGINT", "filename VARCHAR");
        assertThat(csv.rows())
                .containsExactly(
                        row(1L, "s3://files/named/a.csv"),
                        row(2L, "s3://files/named/b.csv"),
                        row(3L, "s3://files/named/b.csv"));
        assertThat(json.rows())
                .containsExactly(row(1L, "s3://files/named-json/a.json"), row(2L, "s3://files/named-json/b,'.json"));
    }

    @Test
    void takesColumnsInAnyOrderAndFormsOfTheirOwn() {
        put("order/a.csv", "a,b\n1,x\n");
        put("order/b.csv", "b;a\ny;2\n");

        assertThat(files.loaded(CsvFixture.request("s3://files/order/")).rows())
                .containsExactly(row(1L, "x"), row(2L, "y"));
    }

    @Test
    void takesTheTypesThatFitAllObjects() {
        put("types/a.csv", "a,b\n1,\n");
        put("types/b.csv", "a,b\n2.5,7\n");

        Content loaded = files.loaded(CsvFixture.request("s3://files/types/"));

        assertThat(loaded.columns()).containsExactly("a DOUBLE", "b BIGINT");
        assertThat(loaded.rows()).containsExactly(row(1.0, null), row(2.5, 7L));
    }

    @Test
    void tellsObjectsThatDontBelongTogether() {
        put("mixed/a.csv", "a,b\n1,x\n");
        put("mixed/b.csv", "a,c\n2,y\n");

        assertThatThrownBy(() -> files.loaded(CsvFixture.request("s3://files/mixed/")))
                .isInstanceOf(LoadException.class)
                .hasMessage("s3://files/mixed/b.csv has the columns (a, c), but s3://files/mixed/a.csv has (a, b); "
                        + "load them apart, or with --option union_by_name=true");
        assertThat(files.loaded(CsvFixture.request("s3://files/mixed/", "union_by_name=true"))
                        .rows())
                .containsExactly(row(1L, "x", null), row(2L, null, "y"));
    }

    @Test
    void tellsWhenNothingFits() {
        assertThatThrownBy(() -> files.loaded(CsvFixture.request("s3://files/nothing/here/*.csv")))
                .isInstanceOf(LoadException.class)
                .hasMessageStartingWith("no object fits s3://files/nothing/here/*.csv");
    }

    @Test
    void joinsManyParquetAndJsonObjects() {
        for (int i = 0; i < 3; i++) {
            String rows = "SELECT %d::BIGINT AS a".formatted(i);
            files.server().put("pq/" + i, files.written(rows, "FORMAT parquet"));
            files.server().put("js/" + i, files.written(rows, "FORMAT json, COMPRESSION gzip"));
        }

        assertThat(firsts("s3://files/pq/")).containsExactly(0L, 1L, 2L);
        assertThat(firsts("s3://files/js/")).containsExactly(0L, 1L, 2L);
    }

    @Test
    void sharesRowsOutByTheValuesOfAColumn() {
        StringBuilder text = new StringBuilder("id,name\n");
        for (int i = 0; i < 5_000; i++) {
            text.append(i).append(",name ").append(i % 100).append('\n');
        }
        String url = put("by-column.csv", text.toString());

        List<List<@Nullable Object>> all = shards(url, 3, Optional.of("name"));

        assertThat(all).isEqualTo(files.loaded(CsvFixture.request(url)).rows());
    }

    @Test
    void sharesWholeObjectsOut() {
        for (int i = 0; i < 12; i++) {
            put("shards/%02d.csv".formatted(i), "id,b\n%d,x\n".formatted(i));
        }

        List<List<@Nullable Object>> all = shards("s3://files/shards/", 3, Optional.empty());

        assertThat(all)
                .hasSize(12)
                .isEqualTo(
                        files.loaded(CsvFixture.request("s3://files/shards/")).rows());
    }

    @Test
    void givesAShardWithoutObjectsTheColumnsOfTheTable() {
        put("few/a.csv", "id,b\n1,x\n");

        List<Content> shards = List.of(
                files.loaded(CsvFixture.ofShard(CsvFixture.request("s3://files/few/"), "1/2", Optional.empty())),
                files.loaded(CsvFixture.ofShard(CsvFixture.request("s3://files/few/"), "2/2", Optional.empty())));

        assertThat(shards).allSatisfy(shard -> assertThat(shard.columns()).containsExactly("id BIGINT", "b VARCHAR"));
        assertThat(shards.stream().mapToInt(shard -> shard.rows().size()).sum()).isEqualTo(1);
    }

    @Test
    void refusesToSplitOneObjectIntoObjects() {
        String url = put("one.csv", "a\n1\n");

        assertThatThrownBy(() -> files.loaded(CsvFixture.ofShard(CsvFixture.request(url), "1/2", Optional.empty())))
                .hasMessageContaining("--shard-by");
    }

    /// The rows of all shards together, by their first column.
    private List<List<@Nullable Object>> shards(String url, int count, Optional<String> column) {
        List<List<@Nullable Object>> all = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            Content shard = files.loaded(CsvFixture.ofShard(CsvFixture.request(url), i + "/" + count, column));
            assertThat(shard.rows()).isNotEmpty();
            all.addAll(shard.rows());
        }
        all.sort(Comparator.comparing(row -> (Long) row.getFirst()));
        return all;
    }

    private List<@Nullable Object> firsts(String url) {
        return files.loaded(CsvFixture.request(url)).rows().stream()
                .<@Nullable Object>map(List::getFirst)
                .toList();
    }

    private static List<@Nullable Object> row(@Nullable Object... values) {
        List<@Nullable Object> row = new ArrayList<>();
        for (Object value : values) {
            row.add(value);
        }
        return row;
    }
}
