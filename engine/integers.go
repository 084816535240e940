package main

import (
	"bytes"
	"fmt"
	"strconv"
)

const largestSafeInteger = 1<<53 - 1

// markLargeIntegers puts a mark on a line of its own before the JSON text, and turns each integer that JavaScript's numbers
// cannot hold, `N`, into the string `<mark>N`. The line is empty when there is none. The mark does not occur anywhere in the
// text that came in, so that no string of a user reads as an integer. The text must be json.Marshal's, which never escapes
// the mark's characters.
func markLargeIntegers(text []byte) []byte {
	places := largeIntegers(text)
	if len(places) == 0 {
		return append([]byte{'\n'}, text...)
	}
	mark := unusedMark(text)
	var marked bytes.Buffer
	marked.Grow(len(text) + len(places)*(len(mark)+2) + len(mark) + 1)
	fmt.Fprintf(&marked, "%s\n", mark)
	end := 0
	for _, place := range places {
		fmt.Fprintf(&marked, "%s\"%s%s\"", text[end:place.start], mark, text[place.start:place.end])
		end = place.end
	}
	marked.Write(text[end:])
	return marked.Bytes()
}

func unusedMark(text []byte) string {
	for count := 0; ; count++ {
		mark := fmt.Sprintf("integer-%d:", count)
		if !bytes.Contains(text, []byte(mark)) {
			return mark
		}
	}
}

type span struct{ start, end int }

func largeIntegers(text []byte) []span {
	var found []span
	for at := 0; at < len(text); {
		switch c := text[at]; {
		case c == '"':
			at = afterString(text, at)
		case c == '-' || (c >= '0' && c <= '9'):
			end := at + 1
			for end < len(text) && isNumberByte(text[end]) {
				end++
			}
			if isLarge(text[at:end]) {
				found = append(found, span{at, end})
			}
			at = end
		default:
			at++
		}
	}
	return found
}

func afterString(text []byte, start int) int {
	at := start + 1
	for text[at] != '"' {
		if text[at] == '\\' {
			at++
		}
		at++
	}
	return at + 1
}

func isNumberByte(c byte) bool {
	return (c >= '0' && c <= '9') || c == '.' || c == 'e' || c == 'E' || c == '+' || c == '-'
}

// isLarge leaves what does not fit 64 bits to be a floating-point number, as the API server reads it.
func isLarge(number []byte) bool {
	if len(number) < len("9007199254740992") {
		return false
	}
	if signed, err := strconv.ParseInt(string(number), 10, 64); err == nil {
		return signed > largestSafeInteger || signed < -largestSafeInteger
	}
	_, err := strconv.ParseUint(string(number), 10, 64)
	return err == nil
}
