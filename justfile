# The project's recipes; `just` alone lists them.

_list:
    @just --list --unsorted

# the whole fleet with sample data, in the foreground; Ctrl-C stops it
demo *arguments:
    ./duckfleet demo {{ arguments }}

# everything that is checked: gates, unit tests, the fleet as processes
test *arguments:
    ./duckfleet test {{ arguments }}

# benchmarks against the peers, all or one: just bench load
bench *arguments:
    ./benchmarks/run {{ arguments }}

# deploys the fleet into k3d, loads taxi trips into its lake and asks questions; --local does the same against local processes
ducklake-test *arguments:
    ./ducklake_test.py {{ arguments }}

# container images of the three services, named as in the compose file and in k3d/
images:
    docker build -t duckdb-s3-query -t duckdb-s3-query:local -f Dockerfile .
    docker build -t duckdb-distributed-query -t duckdb-distributed-query:local -f Dockerfile.distributed .
    docker build -t duckdb-sidecar -t duckdb-sidecar:local -f Dockerfile.sidecar .

# programs without a JVM, where GraalVM's native-image for JDK 25 is; for a container of one: docker build --build-arg SERVICE=sidecar -f Dockerfile.native .
native:
    mvn package -Pnative -Dquick -Dmaven.test.skip=true -pl common,generator,data-node,coordinator,sidecar

# archives that run where a JDK 25 is: distribution/target/duckfleet-*.tar.gz
release:
    mvn package -Prelease -Dquick -Dmaven.test.skip=true -pl distribution -am

# builds the images and asks containers the questions of the documentation
images-test:
    docker/verify
    docker/verify-compose

# checks the Kubernetes manifests against the schemas of the API
manifests-test:
    k3d/verify
