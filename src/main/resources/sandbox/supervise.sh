# The watch over one command. It lives outside the service, so that it still acts when the service is frozen or gone.
#
# Arguments: the hearing limit in seconds, a mark (may be empty), and the launcher with its arguments.
#   0  heartbeats of the service, one line each; its end means that the service is gone
#   1  the output of the command
#   2  what the service is told: "started PID", "heard", "lost", "exited CODE" or "failed CODE"
# The launcher says "{PID}" on descriptor 4: the process whose end is the end of everything it started. Where no such
# process exists, the mark is what every process of the command carries in its environment.
limit=$1 mark=$2
shift 2

exec 3>&1
exec 4< <(
    exec 4>&1 0</dev/null 1>&3 2>&3 3>&-
    for descriptor in /proc/"$BASHPID"/fd/*; do
        descriptor=${descriptor##*/}
        ((descriptor > 4)) && exec {descriptor}>&-
    done
    # When memory runs out, the kernel should take the command and not the service or its database.
    echo 500 >/proc/"$BASHPID"/oom_score_adj
    ulimit -c 0
    # When processors are short, whoever listens for a stop goes first, then the database, then this.
    exec nice -n 15 "$@"
)
launcher=$!
exec 1>&- 3>&-
trap '' PIPE

# By the mark, in rounds, because whoever is not yet dead may start another.
hunt() {
    [[ $mark ]] || return
    local round environment
    for round in 1 2 3 4 5; do
        for environment in $(grep -lzxF -- "$mark" /proc/[0-9]*/environ 2>/dev/null); do
            environment=${environment#/proc/}
            kill -KILL "${environment%/environ}" 2>/dev/null
        done
    done
}

IFS= read -r -d '}' -t "$limit" -u 4 announced
exec 4<&-
if [[ $announced =~ [0-9]+ ]]; then
    first=${BASH_REMATCH[0]}
else
    kill -KILL "$launcher" 2>/dev/null
    hunt
    wait "$launcher"
    echo "failed $?" >&2
    exit
fi
echo "started $first" >&2

(
    while IFS= read -r -t "$limit"; do
        echo heard >&2
    done
    echo lost >&2
    kill -KILL "$first" 2>/dev/null || kill -KILL "$launcher" 2>/dev/null
) <&0 &
ear=$!

wait "$launcher" 2>/dev/null
code=$?
kill -KILL "$ear" 2>/dev/null
hunt
echo "exited $code" >&2
