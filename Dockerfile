# One image with every function: FUNCTION_TARGET says which one a service is. See docs/decisions/0007.

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
RUN mvn -B -ntp -Pfast -Dmaven.test.skip=true -pl image -am package
# Maven's order, with our Jackson before the older one inside the invoker's jar (docs/decisions/0006).
RUN case "$(cat image/target/classpath)" in \
      *lib/jackson-databind-*lib/java-function-invoker-*) sed 's/^/-cp /' image/target/classpath > image/target/classpath.args ;; \
      *) echo "java-function-invoker must stand behind Jackson on the class path" >&2; exit 1 ;; \
    esac

FROM eclipse-temurin:25-jre
WORKDIR /app
COPY --from=build /src/image/target/lib lib
COPY --from=build /src/image/target/classpath.args /src/image/jvm.args /src/image/train ./
# In the image that runs it: the cache holds for this Java and for these jars at these times and places.
RUN ./train && rm train
USER 10001:10001
EXPOSE 8080
ENTRYPOINT ["java", "@jvm.args", "@classpath.args", "-XX:AOTCache=app.aot", "dev.fireside.runtime.Main"]
