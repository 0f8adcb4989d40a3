#!/usr/bin/env bash
# Builds what a commit holds, publishes it, and writes the input of its release to release.json.
# Settings come as environment variables: PAIR, SOURCE, REVISION, PIPELINE_EXECUTION,
# AUTHORS (optional: names with commas between), IMAGE_TARGET, IMAGE_URI, IMAGE_FOLDER, IMAGE_PLATFORM, FUNCTION_TARGET, FUNCTION_NAME, FUNCTION_FOLDER.
set -euo pipefail

LARGEST_ARCHIVE=52428800

say() { printf '%s\n' "$*" >&2; }

refuse() {
  say "$*"
  exit 1
}

# A text that can stand in JSON as it is.
plain() { printf '%s' "$1" | tr -d '"\\' | tr '[:cntrl:]' ' '; }

# A revision as a tag: a commit already is one, the version of an S3 object may not be.
tag_of() { printf '%s' "$1" | tr -c 'A-Za-z0-9_.-' '-' | cut -c 1-128; }

folder_of() {
  [ -d "$2" ] || refuse "The source has no folder $2, from which the $1 would be built."
}

# Whether the repository has the tag. Any answer but yes and no ends the build.
has_image() {
  local answer
  answer=$(aws ecr describe-images --repository-name "$1" --image-ids "imageTag=$2" 2>&1) && return
  case $answer in *ImageNotFoundException*) return 1 ;; esac
  refuse "$answer"
}

# Tags never move, so a second run of a commit takes the image that its first has pushed.
push_image() {
  local repository=${IMAGE_URI#*/} registry=${IMAGE_URI%%/*} tag=$1
  if has_image "$repository" "$tag"; then
    say "$repository:$tag is there already."
    return
  fi
  folder_of image "$IMAGE_FOLDER"
  aws ecr get-login-password | docker login --username AWS --password-stdin "$registry"
  # One manifest instead of an index with attestations: tasks run the digest that the tag names.
  BUILDX_NO_DEFAULT_ATTESTATIONS=1 docker build --platform "$IMAGE_PLATFORM" --tag "$IMAGE_URI:$tag" "$IMAGE_FOLDER"
  docker push "$IMAGE_URI:$tag"
}

# The same files make the same archive, byte by byte: Lambda publishes no second version of the same code.
package() {
  local archive=$1
  folder_of function "$FUNCTION_FOLDER"
  (
    cd "$FUNCTION_FOLDER"
    export TZ=UTC LC_ALL=C
    find . -exec touch -h -t 198001010000 {} +
    find . \( -type f -o -type l \) -print | sort | zip -q -X -y -@ "$archive"
  )
  [ "$(wc -c <"$archive")" -le "$LARGEST_ARCHIVE" ] ||
    refuse "The function's archive is larger than the 50 MB that Lambda takes in one call; leave out what it does not need."
}

# Code and version in one call: nobody else's code comes in between. Sets `version`.
publish_function() {
  local archive
  archive=$(mktemp -d)/function.zip
  package "$archive"
  aws lambda wait function-updated --function-name "$FUNCTION_NAME"
  version=$(aws lambda update-function-code --function-name "$FUNCTION_NAME" \
    --zip-file "fileb://$archive" --publish --query Version --output text)
  aws lambda wait published-version-active --function-name "$FUNCTION_NAME" --qualifier "$version"
  say "$FUNCTION_NAME is version $version."
}

# Who wrote the commit, as a member of the input: known from AUTHORS, or from Git where the source is a full clone.
authors() {
  local names=${AUTHORS:-} name list=''
  [ -n "$names" ] || names=$(git log -1 --format=%ae "$REVISION" 2>/dev/null) || return 0
  while read -r -d , name; do
    [ -z "$name" ] || list="$list${list:+,}\"$(plain "$name")\""
  done <<<"$names,"
  printf '"authors":[%s],' "$list"
}

# The commit that people read beside the new versions, as a member of the input; the version of an S3 object is none.
change() {
  [[ ! $REVISION =~ ^[0-9a-f]{40}$ ]] || printf '"change":{"commit":"%s"},' "$REVISION"
}

main() {
  local tag version targets=''
  tag=$(tag_of "$REVISION")
  if [ -n "${IMAGE_TARGET:-}" ]; then
    push_image "$tag"
    targets="\"$IMAGE_TARGET\":{\"image\":\"${IMAGE_URI#*/}:$tag\"}"
  fi
  if [ -n "${FUNCTION_TARGET:-}" ]; then
    publish_function
    targets="$targets${targets:+,}\"$FUNCTION_TARGET\":{\"version\":\"$version\"}"
  fi
  printf '{"pair":"%s","targets":{%s},%s%s"requestedBy":"%s","reason":"%s"}\n' "$PAIR" "$targets" "$(authors)" \
    "$(change)" "$(plain "$CODEBUILD_INITIATOR")" \
    "$(plain "$SOURCE at $REVISION, pipeline execution $PIPELINE_EXECUTION")" >release.json
  cat release.json >&2
}

main
