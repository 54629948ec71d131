import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/// S3 as far as a data node needs it to load one file, which is made up: for docker/train, while an image is
/// built. Any name and any signature will do. The argument is the port.
final class TrainingStorage {

    private static final int ROWS = 500_000;
    private static final int PARTIAL = 206;

    private TrainingStorage() {}

    public static void main(String[] arguments) throws IOException {
        byte[] file = file();
        InetSocketAddress address =
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
        HttpServer server = HttpServer.create(address, 0);
        server.createContext("/", exchange -> answer(exchange, file));
        server.start();
    }

    /// Columns of the kinds that are common in such files.
    private static byte[] file() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write("id,customer_id,name,amount,day,at_time,country,paid\n".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < ROWS; i++) {
                int some = Math.floorMod(i * 0x9E3779B9, 1_000_000);
                String line = "%d,%d,\"customer, %d\",%d.%02d,2024-%02d-%02d,2024-01-%02d %02d:%02d:%02d,%s,%s\n"
                        .formatted(
                                i,
                                some,
                                some % 1_000,
                                some % 5_000,
                                i % 100,
                                1 + some % 12,
                                1 + some % 28,
                                1 + i % 31,
                                i % 24,
                                some % 60,
                                i % 60,
                                some % 7 == 0 ? "" : "country" + some % 5,
                                some % 2 == 0);
                gzip.write(line.getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    /// Every request of a node asks for `bytes=FROM-TO`.
    private static void answer(HttpExchange exchange, byte[] file) throws IOException {
        String[] range = exchange.getRequestHeaders().getFirst("Range").substring("bytes=".length()).split("-", 2);
        int from = Integer.parseInt(range[0]);
        int to = Math.min(Integer.parseInt(range[1]), file.length - 1);
        exchange.getResponseHeaders().set("ETag", "\"training\"");
        exchange.getResponseHeaders().set("Content-Range", "bytes %d-%d/%d".formatted(from, to, file.length));
        exchange.sendResponseHeaders(PARTIAL, to - from + 1L);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(file, from, to - from + 1);
        }
    }
}
