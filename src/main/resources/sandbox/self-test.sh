# Tries to get out of a sandbox and says how far it came, one line each. Run inside.
# Arguments: a file outside, a folder outside, a socket file outside, a port of the host's loopback.
file=$1 folder=$2 socket=$3 port=$4
{
    for way in "$file" "/proc/1/root$file" "/work/../$file" way-out; do
        [[ -r $way ]] && read -r content <"$way" && echo "read $content"
    done
    echo escaped >"$folder/written"
    [[ -S $socket || -S /proc/1/root$socket ]] && echo "socket $socket"
    exec 9<>"/dev/tcp/127.0.0.1/$port" && echo "port $port"
    read -r process _ </proc/self/stat
    echo "process $process $$ $(readlink /proc/self/ns/pid)"
    # The same value again: nothing changes where it can be written.
    read -r value </proc/sys/vm/swappiness && echo "$value" >/proc/sys/vm/swappiness && echo "kernel written"
    while read -r name value _; do
        case $name in CapEff: | NoNewPrivs: | Seccomp:) echo "$name $value" ;; esac
    done </proc/self/status
    for name in $(compgen -e); do echo "variable $name"; done
    echo mine >inside && echo "work written"
    echo done
} 2>/dev/null
