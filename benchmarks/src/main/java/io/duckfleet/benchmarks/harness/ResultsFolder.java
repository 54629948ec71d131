package io.duckfleet.benchmarks.harness;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Where results are kept: `results.json` holds the latest of each race, `RESULTS.md` shows them. A race that
/// is run alone replaces its own result only.
public final class ResultsFolder {

    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /// Names begin with the number of the work, if it has one; the others come last.
    private static final Comparator<String> BY_NUMBER =
            Comparator.comparingInt(ResultsFolder::number).thenComparing(Comparator.naturalOrder());

    private final Path folder;

    public ResultsFolder(Path folder) {
        this.folder = folder;
    }

    /// Keeps `result` and writes both files anew.
    public void add(RaceResult result) throws IOException {
        Map<String, RaceResult> all = new TreeMap<>(BY_NUMBER);
        for (RaceResult earlier : read()) {
            all.put(earlier.name(), earlier);
        }
        all.put(result.name(), result);
        List<RaceResult> results = List.copyOf(all.values());
        Files.createDirectories(folder);
        MAPPER.writeValue(json().toFile(), results);
        Files.writeString(folder.resolve("RESULTS.md"), ResultsPage.of(results));
    }

    /// What is kept.
    public List<RaceResult> read() throws IOException {
        if (!Files.exists(json())) {
            return List.of();
        }
        return List.of(MAPPER.readValue(json().toFile(), RaceResult[].class));
    }

    private static int number(String name) {
        String first = name.substring(0, name.indexOf(' '));
        return first.chars().allMatch(Character::isDigit) ? Integer.parseInt(first) : Integer.MAX_VALUE;
    }

    private Path json() {
        return folder.resolve("results.json");
    }
}
