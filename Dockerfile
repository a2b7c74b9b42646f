# syntax=docker/dockerfile:1
# One image with every function: FUNCTION_TARGET says which one a service is. See docs/decisions/0007.

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
RUN mvn -B -ntp -Pfast -Dmaven.test.skip=true -pl image,acceptance -am package
RUN java image/Layout.java image/target /app && cp image/jvm.args /app/

FROM eclipse-temurin:25-jre
WORKDIR /app
COPY --from=build /app ./
# Jobs have class paths of their own.
COPY --from=build /src/functions/transcoder/target/lib jobs/transcoder/lib/
COPY --from=build /src/functions/transcoder/target/fireside-transcoder-*.jar jobs/transcoder/lib/
# In the image that runs it: the cache holds for this Java and for these jars at these times and places. The build lends what walks the
# product; it brings Redis along and fetches the Firestore and Pub/Sub emulators.
RUN --mount=type=bind,from=build,source=/src,target=/src \
    --mount=type=bind,from=build,source=/root/.m2,target=/root/.m2 \
    --mount=type=cache,target=/root/.cache \
    /src/image/train "/src/acceptance/target/classes:$(cat /src/acceptance/target/classpath)"
USER 10001:10001
EXPOSE 8080
ENTRYPOINT ["java", "@jvm.args", "@classpath.args", "-XX:AOTCache=app.aot"]
# A service may put options of its own before (docs/decisions/0015).
CMD ["dev.fireside.runtime.Main"]
