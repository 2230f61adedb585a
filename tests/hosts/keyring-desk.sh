# A desktop session whose keychain is open: runs what it is given in there, and ends as that does, or with 70 where the
# keychain's own program crashed meanwhile. To be run by dbus-run-session with a HOME of its own.
printf secret >"$HOME/password"
gnome-keyring-daemon --unlock --foreground --components=secrets <"$HOME/password" >/dev/null 2>&1 &
keychain=$!
tries=0
until dbus-send --session --print-reply --dest=org.freedesktop.DBus /org/freedesktop/DBus \
  org.freedesktop.DBus.GetNameOwner string:org.freedesktop.secrets >/dev/null 2>&1; do
  tries=$((tries + 1))
  [ "$tries" -gt 300 ] && break
  sleep 0.1
done
"$@"
status=$?
kill "$keychain" 2>/dev/null
wait "$keychain"
ended=$?
# Above 128 it was ended by a signal; 143 is ours (SIGTERM).
[ "$ended" -gt 128 ] && [ "$ended" -ne 143 ] && exit 70
exit "$status"
