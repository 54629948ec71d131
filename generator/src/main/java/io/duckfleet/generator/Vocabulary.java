package io.duckfleet.generator;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.datafaker.Faker;

/// Words that records are made of. Asking the faker for each value would take most of the time, so that its
/// answers are kept: the same ones in every process, whatever the seed of the records is.
final class Vocabulary {

    private static final Faker FAKER = new Faker(Locale.ENGLISH, new Random(7));

    static final List<String> FIRST_NAMES = distinct(400, () -> FAKER.name().firstName());
    static final List<String> LAST_NAMES = distinct(400, () -> FAKER.name().lastName());
    static final List<String> COUNTRIES = distinct(60, () -> FAKER.address().country());
    static final List<String> MAIL_HOSTS = List.of("example.com", "example.org", "example.net");
    static final List<String> PRODUCTS = distinct(400, () -> FAKER.commerce().productName());
    static final List<String> DEPARTMENTS = distinct(15, () -> FAKER.commerce().department());
    static final List<String> MATERIALS = distinct(12, () -> FAKER.commerce().material());
    static final List<String> USER_AGENTS = distinct(40, () -> FAKER.internet().userAgent());
    static final List<String> MESSAGES =
            distinct(200, () -> FAKER.hacker().verb() + " " + FAKER.hacker().noun());

    private Vocabulary() {}

    private static List<String> distinct(int count, Supplier<String> words) {
        return Stream.generate(words).limit(20L * count).distinct().limit(count).toList();
    }
}
