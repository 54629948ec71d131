# Data node: files from S3 in memory, served over HTTP.
#   docker build -t duckdb-s3-query -f Dockerfile .
#   docker run -p 8001:8000 -e AWS_ACCESS_KEY_ID=.. -e AWS_SECRET_ACCESS_KEY=.. duckdb-s3-query s3://bucket/data.csv.gz --table-name labels
# Memory: give the container a limit; heap and DuckDB's share follow from it. Files of a query's life time go to /tmp.
# The images are named for JDK 25; any other builds (-jdk-alpine apart: DuckDB's library needs glibc) do as well.
ARG BUILD_IMAGE=maven:3.9-eclipse-temurin-25
ARG RUN_IMAGE=eclipse-temurin:25-jre

FROM ${BUILD_IMAGE} AS build
WORKDIR /src
COPY . .
RUN docker/build data-node /out

FROM ${RUN_IMAGE}
LABEL org.opencontainers.image.title="Duckfleet data-node" \
      org.opencontainers.image.description="Data node: files from S3 in memory, served over HTTP." \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="0.1.0"
COPY --from=build /out /opt/duckfleet
# The cache belongs to the JVM that made it, so it is made here and not in the build stage.
RUN /opt/duckfleet/train data-node && mkdir -p /app /var/lib/duckfleet/buffer && chown -R 10001:10001 /app /var/lib/duckfleet
ENV DUCKFLEET_EXTENSIONS=/opt/duckfleet/extensions
VOLUME /tmp
WORKDIR /app
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s CMD ["/opt/duckfleet/healthy", "8000"]
ENTRYPOINT ["java", "@/opt/duckfleet/java.args", "-jar", "/opt/duckfleet/app/quarkus-run.jar"]
