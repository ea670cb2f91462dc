// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/chunking.hpp"

#include <algorithm>

#include "engine/retrieval/letters.hpp"
#include "engine/retrieval/tokenizer.hpp"

namespace rehearse::retrieval {
namespace {

constexpr std::size_t kMostChunkTokens = 1000000;
constexpr std::uint32_t kIdeographicSpace = 0x3000, kNoBreakSpace = 0xA0;
constexpr std::string_view kIdeographicStop = "\u3002";

bool white(std::uint32_t scalar) {
  return scalar == ' ' || (scalar >= '\t' && scalar <= '\r') || scalar == kIdeographicSpace ||
         scalar == kNoBreakSpace;
}

bool closing(char c) { return c == '"' || c == '\'' || c == ')' || c == ']'; }

// Whether the words before `end` close a sentence there, and what follows does not go on with it.
bool ends_sentence(std::string_view text, std::size_t end) {
  std::size_t next = end;
  bool line = false;
  while (next < text.size()) {
    const Scalar scalar = front_scalar(text.substr(next));
    if (!white(scalar.value)) break;
    line = line || scalar.value == '\n';
    next += scalar.bytes;
  }
  if (line || next >= text.size()) return true;
  std::size_t last = end;
  while (last > 0 && closing(text[last - 1])) --last;
  if (text.substr(0, last).ends_with(kIdeographicStop)) return true;
  if (next == end || last == 0) return false;
  const char mark = text[last - 1];
  const bool lower = text[next] >= 'a' && text[next] <= 'z';
  return (mark == '.' || mark == '!' || mark == '?') && !lower;
}

Result<void> check_chunking(const ChunkOptions& o) {
  if (o.tokens < 1 || o.tokens > kMostChunkTokens)
    return fail(Code::invalid_argument, "a chunk of {} words is asked for; it has 1 to {}",
                o.tokens, kMostChunkTokens);
  if (o.overlap >= o.tokens)
    return fail(Code::invalid_argument,
                "an overlap of {} words leaves nothing new in a chunk of {}; make it smaller",
                o.overlap, o.tokens);
  return {};
}

// Runs of words: [first, last) of the words of a text.
struct WordRun {
  std::size_t first, last;
  std::size_t size() const { return last - first; }
};

void cut_by_tokens(const ChunkOptions& o, WordRun run, std::vector<WordRun>& chunks) {
  for (std::size_t first = run.first; first < run.last; first += o.tokens - o.overlap) {
    const std::size_t last = std::min(first + o.tokens, run.last);
    chunks.push_back({first, last});
    if (last == run.last) break;
  }
}

std::vector<WordRun> sentence_runs(std::string_view text, std::span<const ByteRange> words) {
  std::vector<WordRun> runs;
  std::size_t first = 0;
  for (std::size_t i = 0; i < words.size(); ++i)
    if (ends_sentence(text, words[i].end)) runs.push_back({first, i + 1}), first = i + 1;
  if (first < words.size()) runs.push_back({first, words.size()});
  return runs;
}

// Whole sentences while they fit; the next chunk begins with the last of them that fit the overlap.
std::vector<WordRun> cut_by_sentences(const ChunkOptions& o, std::span<const WordRun> sentences) {
  std::vector<WordRun> chunks;
  for (std::size_t next = 0; next < sentences.size();) {
    if (sentences[next].size() > o.tokens) {
      cut_by_tokens(o, sentences[next], chunks);
      ++next;
      continue;
    }
    std::size_t first = next;
    const std::size_t begun = chunks.empty() ? 0 : chunks.back().first;
    while (first > 0 && sentences[first - 1].first > begun &&
           sentences[next].first - sentences[first - 1].first <= o.overlap &&
           sentences[next].last - sentences[first - 1].first <= o.tokens)
      --first;
    std::size_t last = next + 1;
    while (last < sentences.size() && sentences[last].last - sentences[first].first <= o.tokens)
      ++last;
    chunks.push_back({sentences[first].first, sentences[last - 1].last});
    next = last;
  }
  return chunks;
}

std::string_view beginning(std::string_view text) {
  const std::vector<ByteRange> words = word_ranges(text);
  if (words.size() <= kParentWords) return text;
  return text.substr(0, words[kParentWords - 1].end);
}

std::string_view without_title(std::string_view text, std::string_view title) {
  if (!title.empty() && text.starts_with(title)) text.remove_prefix(title.size());
  while (!text.empty() && white(static_cast<unsigned char>(text.front()))) text.remove_prefix(1);
  return text;
}

std::string context_of(std::span<const ChunkedDocument> documents, const ChunkedDocument& document,
                       std::string_view own, Context context) {
  std::string lines;
  if (context == Context::none) return lines;
  if (!document.title.empty() && !own.starts_with(document.title))
    lines += std::string(document.title) + "\n";
  if (context == Context::title_and_parent && document.parent) {
    const ChunkedDocument& parent = documents[*document.parent];
    const std::string_view said = beginning(without_title(parent.text, document.title));
    if (!said.empty()) lines += std::string(said) + "\n";
  }
  return lines;
}

}  // namespace

std::vector<ByteRange> word_ranges(std::string_view text) {
  std::vector<ByteRange> words;
  bool open = false;
  for (std::size_t at = 0; at < text.size();) {
    const Scalar scalar = front_scalar(text.substr(at));
    const std::size_t end = std::min(at + scalar.bytes, text.size());
    if (white(scalar.value)) {
      open = false;
    } else if (open && words.back().size() < kLongestWordBytes &&
               (scalar.value < 0x80 || !word_by_itself(scalar.value))) {
      words.back().end = end;
    } else {
      words.push_back({at, end});
      open = true;
    }
    at = end;
  }
  return words;
}

std::vector<ByteRange> sentence_ranges(std::string_view text) {
  const std::vector<ByteRange> words = word_ranges(text);
  std::vector<ByteRange> sentences;
  for (const WordRun& run : sentence_runs(text, words))
    sentences.push_back({words[run.first].begin, words[run.last - 1].end});
  return sentences;
}

Result<std::vector<ByteRange>> cut_text(std::string_view text, const ChunkOptions& options) {
  if (auto fine = check_chunking(options); !fine) return fail(fine.error());
  if (auto fine = check_utf8(text); !fine) return fail(fine.error());
  const std::vector<ByteRange> words = word_ranges(text);
  std::vector<WordRun> runs;
  if (words.empty()) return std::vector<ByteRange>();
  if (options.cut == Cut::whole)
    runs.push_back({0, words.size()});
  else if (options.cut == Cut::tokens)
    cut_by_tokens(options, {0, words.size()}, runs);
  else
    runs = cut_by_sentences(options, sentence_runs(text, words));
  std::vector<ByteRange> ranges;
  for (const WordRun& run : runs)
    ranges.push_back({words[run.first].begin, words[run.last - 1].end});
  return ranges;
}

Result<std::vector<Chunk>> chunk_documents(std::span<const ChunkedDocument> documents,
                                           const ChunkOptions& options, const Progress& progress) {
  if (auto fine = check_chunking(options); !fine) return fail(fine.error());
  std::vector<Chunk> chunks;
  std::size_t bytes = 0;
  for (std::size_t d = 0; d < documents.size(); ++d) {
    if (d % 256 == 0 &&
        !progress.report(static_cast<double>(d) / static_cast<double>(documents.size())))
      return cancelled();
    const ChunkedDocument& document = documents[d];
    const std::string place = fmt::format("document {}", d + 1);
    if (document.parent && (*document.parent >= documents.size() || *document.parent == d))
      return fail(Code::invalid_argument, "{}: its parent is number {} of {} documents", place,
                  *document.parent + 1, documents.size());
    const auto ranges = at(place, cut_text(document.text, options));
    if (!ranges) return fail(ranges.error());
    for (const ByteRange& range : *ranges) {
      const std::string_view own = document.text.substr(range.begin, range.size());
      Chunk chunk{static_cast<DocumentId>(d), range,
                  context_of(documents, document, own, options.context), 0};
      chunk.context_bytes = chunk.text.size();
      chunk.text += own;
      bytes += chunk.text.size() + sizeof(Chunk);
      if (bytes > options.max_bytes)
        return fail(Code::limit,
                    "{}: the chunks so far hold more than {} MB; cut with less overlap, or allow "
                    "more memory",
                    place, options.max_bytes >> 20);
      chunks.push_back(std::move(chunk));
    }
  }
  if (chunks.empty())
    return fail(Code::bad_data, "no document has a word, so there is nothing to index");
  return chunks;
}

}  // namespace rehearse::retrieval
