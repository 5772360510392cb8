# syntax=docker/dockerfile:1.7
FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0.401-noble AS build
WORKDIR /source
COPY . .
RUN --mount=type=cache,target=/root/.nuget/packages \
    dotnet restore src/Assay.Host --locked-mode \
 && dotnet publish src/Assay.Host -c Release --no-restore -p:UseAppHost=false -o /app \
 && rm -rf /app/runtimes/win* /app/runtimes/osx* \
 && cp -r src/Assay.Host/Traffic/Profiles /app/profiles \
 && mkdir /keys

# No shell, no package manager; the user is $APP_UID (1654).
FROM mcr.microsoft.com/dotnet/aspnet:10.0.12-noble-chiseled
WORKDIR /app
COPY --from=build /app .
# A volume that is mounted here belongs to the user, so that `assay keys create` may write to it.
COPY --from=build --chown=$APP_UID /keys /keys
ENV DOTNET_EnableDiagnostics=0 \
    ASSAY__Http__Address=0.0.0.0
USER $APP_UID
EXPOSE 9464 11111 30000
# Of a silo; a container that runs another command switches it off.
HEALTHCHECK --interval=15s --timeout=10s --start-period=60s --retries=4 CMD ["dotnet", "assay.dll", "health", "live"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["dotnet", "assay.dll"]
CMD ["run", "--plain"]
