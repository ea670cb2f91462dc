// SPDX-License-Identifier: GPL-3.0-or-later
//
// Chunking: documents cut into the passages that are indexed, found and handed to a reader. What is
// cut apart here no index finds together again.
//
//   whole       a document a chunk. Right for short documents; a long one is found for everything
//               it mentions, and costs a reader all its words
//   tokens      every `tokens` words, wherever that falls. Even sizes, broken sentences
//   sentences   whole sentences while they fit into `tokens` words; a longer sentence is cut
//
// `overlap` words are told twice, at the end of a chunk and at the beginning of the next, so that
// what stands at a seam is whole in one of them: exactly so many for `tokens`, and for `sentences`
// the last whole sentences that have no more. It costs memory in the same proportion.
//
// A chunk of a thread may not say what it is about: the post said so in its title, the parent asked
// the question. `context` puts the title, or the title and the beginning of the parent, in front of
// a chunk's own text (contextual chunk headers). What was put there is not part of the byte range,
// so a citation points at what the document says itself.
//
// A word is a run of characters between white space, cut where it is endless (kLongestWordBytes);
// where a script writes none (Han, Hiragana) a character is a word. A sentence ends with . ! or ?
// before white space that no lower-case letter follows ("approx. 3 hours" ends one, "e.g. this"
// does not), with an ideographic full stop, or with a line.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/base/stop.hpp"
#include "engine/retrieval/inverted_index.hpp"

namespace rehearse::retrieval {

enum class Cut { whole, tokens, sentences };
enum class Context { none, title, title_and_parent };

inline constexpr std::size_t kLongestWordBytes = 512;
// Words of a parent that are told as context.
inline constexpr std::size_t kParentWords = 24;

struct ChunkOptions {
  Cut cut = Cut::sentences;
  std::size_t tokens = 48;  // words of a chunk, [1, 1000000]; context not counted
  std::size_t overlap = 0;  // less than tokens
  Context context = Context::none;
  std::size_t max_bytes = std::size_t{2} << 30;  // of all chunks together
};

// Bytes [begin, end).
struct ByteRange {
  std::size_t begin = 0, end = 0;
  std::size_t size() const { return end - begin; }
  bool operator==(const ByteRange&) const = default;
};

// Words and sentences of well-formed UTF-8, in order; between them lies white space alone.
std::vector<ByteRange> word_ranges(std::string_view text);
std::vector<ByteRange> sentence_ranges(std::string_view text);

// The ranges of a text's chunks, in order. They begin and end with words, every word lies in one at
// least, and none is empty; a text without words has none. `context` plays no part.
// Errors: an option out of its range; not UTF-8 (at which byte). O(bytes + words of the chunks).
Result<std::vector<ByteRange>> cut_text(std::string_view text, const ChunkOptions& options);

// Views: what they see must outlive the call.
struct ChunkedDocument {
  std::string_view text, title;      // an empty title is no context
  std::optional<DocumentId> parent;  // the document that this one answers
};

struct Chunk {
  DocumentId document = 0;
  ByteRange range;   // of the document's text
  std::string text;  // the context, a line each, then the range
  std::size_t context_bytes = 0;
};

// In order of documents and of ranges. A title that the range itself begins with is not repeated.
// Errors: those of cut_text (with the document's number, from 1), a parent that is no document or
// the document itself, more bytes than `max_bytes`, no document has a word, cancelled.
Result<std::vector<Chunk>> chunk_documents(std::span<const ChunkedDocument> documents,
                                           const ChunkOptions& options,
                                           const Progress& progress = {});

}  // namespace rehearse::retrieval
