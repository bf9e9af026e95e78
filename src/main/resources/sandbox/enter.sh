# The first process of a sandbox made by `unshare`: builds a root of its own, moves there and runs the command.
#
# It starts as root of a user namespace that owns all the others. Arguments: an empty folder for the new root, then what
# stands in it (kind, source, target; three each), then `--` and the command.
set -e
root=$1
shift
read -r process _ </proc/self/stat
echo "{$process}" >&4
exec 4>&-

# The loopback is there but down.
{ ip link set lo up || ifconfig lo up || busybox ip link set lo up; } >/dev/null 2>&1 || true

# Without notes about it under /run, which is the host's until the end.
mount() {
    command mount -n "$@"
}

# Of the user namespaces below this one there will be one, made at the end of this file.
echo 1 >/proc/sys/user/max_user_namespaces

mount -t tmpfs -o mode=755,size=1m,nosuid,nodev tmpfs "$root"

# A mount point of the same sort as the source.
place() {
    if [[ -d $1 ]]; then
        [[ -d $root$2 ]] || mkdir -p "$root$2"
    elif [[ ! -e $root$2 ]]; then
        [[ -d $root${2%/*} ]] || mkdir -p "$root${2%/*}"
        : >"$root$2"
    fi
}

# A mount that came from outside keeps its flags; to drop one is refused to us.
restrict() {
    local mounts mount point options flags option
    mapfile -t mounts </proc/self/mountinfo
    for mount in "${mounts[@]}"; do
        read -r _ _ _ _ point options _ <<<"$mount"
        printf -v point %b "$point"
        [[ $point == "$1" || $point == "$1"/* ]] || continue
        flags=$2
        for option in ${options//,/ }; do
            case $option in nosuid | nodev | noexec | noatime | nodiratime | relatime | ro) flags+=,$option ;; esac
        done
        mount -o "remount,bind,$flags" "$point"
    done
}

while [[ $1 != -- ]]; do
    kind=$1 source=$2 target=$3
    shift 3
    case $kind in
        read)
            place "$source" "$target"
            mount --rbind "$source" "$root$target"
            restrict "$root$target" ro,nosuid,nodev
            ;;
        write)
            place "$source" "$target"
            mount --rbind "$source" "$root$target"
            restrict "$root$target" nosuid,nodev
            ;;
        scratch)
            mkdir -p "$root$target"
            mount -t tmpfs -o "mode=1777,size=$source,nosuid,nodev" tmpfs "$root$target"
            ;;
        link)
            mkdir -p "$root${target%/*}"
            ln -s "$source" "$root$target"
            ;;
        processes)
            mkdir -p "$root$target"
            mount -t proc -o nosuid,nodev,noexec proc "$root$target"
            ;;
        devices)
            mkdir -p "$root$target"
            mount -t tmpfs -o mode=755,size=64k,nosuid tmpfs "$root$target"
            mkdir "$root$target/shm"
            for device in null zero full random urandom tty; do
                : >"$root$target/$device"
                mount --bind "/dev/$device" "$root$target/$device"
            done
            ln -s /proc/self/fd "$root$target/fd"
            for stream in 0:stdin 1:stdout 2:stderr; do
                ln -s "/proc/self/fd/${stream%:*}" "$root$target/${stream#*:}"
            done
            ;;
        seal)
            # The root is sealed at the end, when nothing is taken out of it any more.
            [[ $target == / ]] || mount -o remount,bind,ro,nosuid "$root$target"
            ;;
    esac
done
shift

mkdir "$root/.outside"
cd "$root"
pivot_root . .outside
umount -n -l /.outside
rmdir /.outside
mount -o remount,bind,ro,nosuid,nodev /
cd /work
exec "$@"
