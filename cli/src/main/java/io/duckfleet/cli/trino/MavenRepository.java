package io.duckfleet.cli.trino;

import io.duckfleet.cli.terminal.CommandFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/// A repository of Maven artifacts. Its address may hold a user and a password: it is never printed whole.
record MavenRepository(URI address) {

    private static final String VARIABLE = "DUCKFLEET_MAVEN_REPOSITORY";
    private static final URI CENTRAL = URI.create("https://repo.maven.apache.org/maven2");

    /// What `DUCKFLEET_MAVEN_REPOSITORY` names, else the mirror of Maven Central in the user's Maven
    /// settings, else Maven Central.
    static MavenRepository standard() {
        return of(System.getenv(), Path.of(System.getProperty("user.home"), ".m2", "settings.xml"));
    }

    static MavenRepository of(Map<String, String> environment, Path settings) {
        return new MavenRepository(Optional.ofNullable(environment.get(VARIABLE))
                .filter(value -> !value.isBlank())
                .or(() -> mirror(settings))
                .map(MavenRepository::address)
                .orElse(CENTRAL));
    }

    /// The exception would show the address.
    private static URI address(String text) {
        try {
            URI address = new URI(text);
            if (address.getHost() != null) {
                return address;
            }
        } catch (URISyntaxException _) {
            // is refused below
        }
        throw new CommandFailure(
                "the address of the Maven repository is none; %s, or the mirror in Maven's settings, should look like %s"
                        .formatted(VARIABLE, CENTRAL));
    }

    /// Where a file of the repository is.
    URI file(String path) {
        String base = address.toString();
        return URI.create(base.endsWith("/") ? base + path : base + "/" + path);
    }

    private static Optional<String> mirror(Path settings) {
        if (!Files.isRegularFile(settings)) {
            return Optional.empty();
        }
        try (InputStream content = Files.newInputStream(settings)) {
            NodeList mirrors = documents()
                    .newDocumentBuilder()
                    .parse(content)
                    .getDocumentElement()
                    .getElementsByTagName("mirror");
            for (int i = 0; i < mirrors.getLength(); i++) {
                if (mirrors.item(i) instanceof Element mirror && isForCentral(text(mirror, "mirrorOf"))) {
                    return Optional.of(text(mirror, "url"));
                }
            }
            return Optional.empty();
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new CommandFailure(
                    "%s can't be read: %s; %s may name a repository instead"
                            .formatted(settings, e.getMessage(), VARIABLE),
                    e);
        }
    }

    private static DocumentBuilderFactory documents() throws ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory;
    }

    /// `mirrorOf` as Maven's guide to mirrors has it: names with commas between, `*`, and `!` for exceptions.
    private static boolean isForCentral(String mirrorOf) {
        List<String> names =
                Arrays.stream(mirrorOf.split(",")).map(String::strip).toList();
        boolean matches = names.contains("central") || names.contains("*") || names.contains("external:*");
        return matches && !names.contains("!central");
    }

    private static String text(Element mirror, String name) {
        NodeList found = mirror.getElementsByTagName(name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent().strip();
    }

    @Override
    public String toString() {
        return "MavenRepository[%s]".formatted(address.getHost());
    }
}
