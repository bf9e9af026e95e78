{{/* A value in a properties file: lists with commas, whole numbers without an exponent, backslashes doubled. */}}
{{- define "saywhen.value" -}}
{{- if kindIs "slice" . -}}
{{- $parts := list -}}
{{- range . -}}
{{- $parts = append $parts (include "saywhen.value" . | replace "," "\\\\,") -}}
{{- end -}}
{{ join "," $parts }}
{{- else if kindIs "float64" . -}}
{{ printf "%.0f" . }}
{{- else -}}
{{ toString . | replace "\\" "\\\\" }}
{{- end -}}
{{- end }}

{{/* The properties file: what the chart decides, then settings and projects, in a steady order. */}}
{{- define "saywhen.properties" -}}
quarkus.http.host=0.0.0.0
quarkus.http.port=8080
quarkus.datasource.jdbc.url={{ include "saywhen.value" .Values.database.url }}
saywhen.home=/var/lib/saywhen
saywhen.local.enabled=false
saywhen.sandbox.level={{ .Values.sandbox.level }}
{{- range $key, $value := .Values.settings }}
{{ $key }}={{ include "saywhen.value" $value }}
{{- end }}
{{- range $name, $project := .Values.projects }}
{{- range $key, $value := $project }}
saywhen.projects."{{ $name }}".{{ $key }}={{ include "saywhen.value" $value }}
{{- end }}
{{- end }}
{{- end }}

{{/* saywhen.slack.bot-token -> SAYWHEN_SLACK_BOT_TOKEN */}}
{{- define "saywhen.variable" -}}
{{ . | replace "." "_" | replace "-" "_" | upper }}
{{- end }}
