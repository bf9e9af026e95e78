{{/* What no schema can say in words that help. */}}
{{- define "saywhen.checks" -}}
{{- if not .Values.database.url -}}
{{- fail "\n\ndatabase.url is missing: jdbc:postgresql://HOST:PORT/DATABASE of a PostgreSQL of yours. Saywhen keeps runs and their audit trail there; in a cluster it brings none." -}}
{{- end -}}
{{- if not .Values.database.secret -}}
{{- fail "\n\ndatabase.secret is missing: the name of a Secret with the database's user and password (keys username and password, or set database.usernameKey and .passwordKey)." -}}
{{- end -}}
{{- if not .Values.secrets -}}
{{- fail "\n\nsecrets is empty, so nobody could talk to Saywhen: the local chat is not served in a cluster. Name the tokens of a platform, for example secrets.\"saywhen.slack.bot-token\"={name: saywhen-slack, key: bot-token}; docs/kubernetes.md shows it." -}}
{{- end -}}
{{- if not .Values.projects -}}
{{- fail "\n\nprojects is empty, so there is nothing to work on and nobody who may say yes. Name one with its repository, channels and approvers; docs/kubernetes.md shows it." -}}
{{- end -}}
{{- end }}
