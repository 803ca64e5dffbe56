#!/bin/sh
# What a shell makes of the beginning of a command line: its own completion, with the scripts of the distribution.
#
#   complete.sh bash|zsh|fish SCRIPTS WORDS...    prints every word that is offered for the last one, one a line
#
# zsh completes in its line editor alone: so it gets a terminal, a key Tab and a program ajar that prints what it was given,
# and only a word that is offered alone appears.
set -eu

shell=$1 scripts=$2
shift 2

case $shell in
    bash)
        # shellcheck disable=SC2016
        exec bash -c '. "$0/ajar"; COMP_WORDS=(ajar "$@"); COMP_CWORD=$#; _ajar; printf "%s\n" "${COMPREPLY[@]}"' "$scripts" "$@"
        ;;
    fish)
        # shellcheck disable=SC2016
        exec fish --no-config -c 'source $argv[1]/ajar.fish; complete -C "ajar $argv[2..-1]"' "$scripts" "$@" | cut -f 1
        ;;
    zsh)
        # shellcheck disable=SC2016
        exec zsh -f -c '
            zmodload zsh/zpty
            scripts=$1
            shift
            zpty line zsh -f -i
            zpty -w line "stty -echo; PROMPT= PROMPT2= RPROMPT= TERM=dumb; unsetopt zle_bracketed_paste list_beep beep"
            zpty -w line "autoload -Uz compinit; fpath=(${(q)scripts} \$fpath); compinit -D -u; bindkey \"^I\" complete-word"
            zpty -w line "ajar() { [[ \$* = completion\ (ports|interfaces|addresses|devices) ]] && command ajar \$@ || print -r -- \"<\${(j:|:)@}>\" }; print re\"\"ady"
            zpty -r line text "*ready*"
            zpty -w line "ajar $*"$'"'\\t'"'
            zpty -r line text "*<*>*"
            zpty -d line
            last=${${text##*<}%%>*}
            print -r -- ${last##*"|"}
        ' zsh "$scripts" "$@"
        ;;
    *) echo "no shell $shell" >&2; exit 2 ;;
esac
