# Takes a snapshot of the claim, waits until it can be restored from, and only then removes those that are too old. Run by the CronJob with
# CLAIM, SELECTOR (labels of the snapshots that are made here), KEEP, WAIT and the file /config/snapshot.yaml; needs kubectl and a POSIX shell.
set -eu

name="$CLAIM-$(date -u +%Y%m%d-%H%M%S)"
sed "s/@NAME@/$name/" /config/snapshot.yaml | kubectl create --filename -
kubectl wait --for=jsonpath='{.status.readyToUse}'=true --timeout="$WAIT" "volumesnapshot/$name"

# Newest last; those that never became ready do not count, and go. A list that cannot be had ends the script before anything is removed.
all=$(kubectl get volumesnapshots --selector "$SELECTOR" --sort-by=.metadata.creationTimestamp \
  --output jsonpath='{range .items[*]}{.metadata.name}{" "}{.status.readyToUse}{"\n"}{end}')
kept=$(echo "$all" | awk '$2 == "true" { print $1 }' | tail -n "$KEEP")
for old in $(echo "$all" | awk '{ print $1 }'); do
  echo "$kept" | grep -qxF "$old" || kubectl delete volumesnapshot "$old" --wait=false
done
