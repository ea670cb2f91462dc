-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The most frequent word of a text, once it is settled what a word is. The counting is one line;
-- the drill is about letter case, apostrophes, letters beyond z, and ties.

-- A word of lower-case letters for a number >= 0, different for different numbers: a, b, …, aa, ….
local function word(number)
  local letters = {}
  repeat
    letters[#letters + 1] = string.char(97 + number % 26)
    number = number // 26 - 1
  until number < 0
  return table.concat(letters):reverse()
end

local between = { " ", " ", " ", ", ", ". ", "! ", "\n", " -- ", "-", ": ", " 'twas ", "' '",
                  " 3 " }

local function in_some_case(text, rand)
  local how = rand(1, 5)
  if how == 1 then return text:upper() end
  if how == 2 then return text:sub(1, 1):upper() .. text:sub(2) end
  return text
end

-- A text of about `n` words out of `different`, some with an apostrophe.
local function random_text(n, different, rand)
  local parts = {}
  for _ = 1, n do
    local number = rand(0, different - 1)
    local text = word(number)
    if number % 3 == 1 then text = text .. "'s" end
    parts[#parts + 1] = in_some_case(text, rand) .. rand.pick(between)
  end
  return table.concat(parts)
end

-- `n` words of which every one occurs twice, and one three times.
local function nearly_all_different(n, rand)
  local words = {}
  for i = 1, n - 1 do words[i] = word(i % (n // 2)) end
  words[n] = word(n // 4)
  return table.concat(rand.shuffle(words), " ")
end

-- The reference. Some of the wrong answers are this text with one thing changed.
local count_and_compare = [==[
-- Count the words, normalised as they are read; then take the best by count, on ties by alphabet.
-- The letters are spelled out: what %a and string.lower take for a letter depends on the locale.
local small = {}
for i = 0, 25 do small[string.char(65 + i)] = string.char(97 + i) end

function most_frequent_word(text, ignored)
  local skip = {}
  for _, word in ipairs(ignored) do skip[word] = true end
  local count = {}
  for run in text:gmatch("[A-Za-z']+") do
    local word = run:match("^'*(.-)'*$"):gsub("%u", small)
    if word ~= "" and not skip[word] then count[word] = (count[word] or 0) + 1 end
  end
  local best, most = "", 0
  for word, times in pairs(count) do
    if times > most or (times == most and word < best) then best, most = word, times end
  end
  return best
end
]==]

-- The reference with `old` replaced by `new`; a change that no longer applies is an error.
local function reference_with(old, new)
  local first, last = count_and_compare:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return count_and_compare:sub(1, first - 1) .. new .. count_and_compare:sub(last + 1)
end

return drill {
  id = "most-frequent-word",
  title = "The word of the thread",
  category = "hash-maps",
  level = "easy",
  minutes = 20,
  covers = { "S03-C04" },
  signature = "most_frequent_word(text: string, ignored: string[]) -> string",

  statement = [==[
Above each long thread a community site shows the word that is used most in it. Words such as `the`
would win everywhere, so a list of words to ignore is kept.

Given the `text` of a thread and the list `ignored`, return the most frequent word that is not
ignored, in lower case.

**Conventions**

- Only the 26 letters `a` to `z` and `A` to `Z` are letters here. Upper and lower case are the same
  letter: `Spam`, `SPAM` and `spam` are one word.
- A word is a run of letters, in which apostrophes (`'`) may stand between letters: `don't` and
  `rock'n'roll` are single words, different from `dont`. Apostrophes at the beginning or end of such
  a run are quotation marks and do not belong to the word: `'spam'` is `spam`, and `bots'` is
  `bots`. Several apostrophes in a row between two letters belong to the word as they are.
- Every other character, be it a digit, a hyphen, a line break or any character beyond ASCII, ends a
  word: `e-mail` is `e` and `mail`, `café` is `caf`.
- Of several words that are equally frequent return the first in the order of `<` on strings (in
  which the apostrophe comes before all letters).
- The words in `ignored` are written in lower case and as defined above; some may stand there twice
  or not occur in the text. Only the whole word is ignored.
- If no word is left, return the empty string.

**Cost.** Time must grow like the length of the input, taking an access to a hash map as constant.
Nearly all words may be different.
]==],

  examples = {
    {
      args = { "Bots! Bots upvote bots; the mods don't see the bots' votes.", { "the" } },
      result = "bots",
      note = "Four times, whatever its case, the full stop or the apostrophe behind it.",
    },
    {
      args = { "don't, can't. DON'T? dont", {} },
      result = "don't",
      note = "don't occurs twice; dont is another word.",
    },
    {
      args = { "beta alpha beta alpha", { "gamma" } },
      result = "alpha",
      note = "A tie. alpha comes first in the alphabet, though beta comes first in the text.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "n",
    sizes = { 500, 1000, 2000, 4000 },
    -- n words, and n words to ignore that do not occur.
    input = function(n, rand)
      local ignored = {}
      for i = 1, n do ignored[i] = "not" .. word(i) end
      return { nearly_all_different(n, rand), ignored }
    end,
  },

  cases = function(rand, case)
    case { name = "empty text", args = { "", {} } }
    case { name = "no letters", args = { "123, 4-5 ... 6", {} } }
    case { name = "one word", args = { "hello", {} } }
    case { name = "upper and lower case", catches = "tells upper from lower case",
           args = { "Spam eggs SPAM eggs spam", {} } }
    case { name = "a tie", catches = "takes the first in the text",
           args = { "zoo apple zoo apple", {} } }
    case { name = "an apostrophe inside", catches = "splits at apostrophes",
           args = { "isn't it? it isn't, isn't it's?", {} } }
    case { name = "with and without apostrophe", catches = "drops apostrophes",
           args = { "well we'll well-we'll, we'll", {} } }
    case { name = "quotation marks", catches = "keeps quotation marks",
           args = { "'vote' 'vote' vote poll poll", {} } }
    case { name = "only apostrophes", args = { "' '' - '''", {} } }
    case { name = "a plural's apostrophe", catches = "keeps quotation marks",
           args = { "mods mods mods' mods' users users users", {} } }
    case { name = "several apostrophes", args = { "''a'' 'a a''b a''b b'' 'b", {} } }
    case { name = "two apostrophes in a row", catches = "knows single apostrophes only",
           args = { "b''a b''a b'a b''a a b b'a", {} } }
    case { name = "ignored in upper case", catches = "ignores before the case is settled",
           args = { "The cat, THE dog, The cat", { "the" } } }
    case { name = "ignored words inside others", catches = "ignores parts of words",
           args = { "theme theme a theatre", { "the", "a" } } }
    case { name = "everything ignored",
           args = { "to be or not to be", { "be", "not", "or", "to", "to" } } }
    case { name = "hyphens and digits", catches = "splits at blanks only",
           args = { "e-mail 2mail mail4you (e)", {} } }
    case { name = "letters beyond z", catches = "trusts the library's letters",
           args = { "café café caf thé thé th thé naïve", {} } }
    case { name = "the sign for kelvin", catches = "trusts the library's letters",
           args = { "\u{212A}elvin elvin kelvin \u{212A}elvin elvin", {} } }
    case { name = "a tie that the apostrophe decides", args = { "weed we'd weed we'd", {} } }
    for i = 1, 4 do
      case { name = "random " .. i,
             args = { random_text(rand(10, 60), rand(3, 12), rand), { "a", "c", "b's" } } }
    end
    case { name = "3000 words, few different",
           args = { random_text(3000, 30, rand), { "a", "d" } } }
    case { name = "2000 words, nearly all different",
           args = { nearly_all_different(2000, rand), { word(500) } } }
  end,

  compare = "exact",

  -- Character by character into a sorted list, then the longest run in it.
  oracle = function(args)
    local words, current = {}, ""
    local function finish()
      while current:sub(-1) == "'" do current = current:sub(1, -2) end
      if current ~= "" then words[#words + 1] = current end
      current = ""
    end
    for i = 1, #args[1] do
      local code = args[1]:byte(i)
      if code >= 65 and code <= 90 then code = code + 32 end
      if code >= 97 and code <= 122 or code == 39 and current ~= "" then
        current = current .. string.char(code)
      elseif code ~= 39 then
        finish()
      end
    end
    finish()
    table.sort(words)
    local best, most, run = "", 0, 0
    for i, one in ipairs(words) do
      run = one == words[i - 1] and run + 1 or 1
      local skip = false
      for _, other in ipairs(args[2]) do skip = skip or other == one end
      if run > most and not skip then best, most = one, run end
    end
    return best
  end,

  reference = {
    lua = count_and_compare,
    python = [==[
import re
from collections import Counter


def most_frequent_word(text, ignored):
    words = re.findall(r"[a-z](?:[a-z']*[a-z])?", re.sub("[A-Z]", lambda m: m[0].lower(), text))
    count = Counter(words)
    for word in ignored:
        count.pop(word, None)
    return min(count, key=lambda word: (-count[word], word), default="")
]==],
    cpp = [==[
// Count the words, normalised as they are read; then take the best by count, on ties by alphabet.
// Letters are compared by their codes, since std::isalpha and std::tolower depend on the locale.
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

std::string most_frequent_word(const std::string& text, const std::vector<std::string>& ignored) {
  const std::unordered_set<std::string> skip(ignored.begin(), ignored.end());
  std::unordered_map<std::string, long long> count;
  std::string word;
  auto finish = [&] {
    while (!word.empty() && word.back() == '\'') word.pop_back();
    if (!word.empty() && !skip.contains(word)) ++count[word];
    word.clear();
  };
  for (char c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if ((c >= 'a' && c <= 'z') || (c == '\'' && !word.empty()))
      word += c;
    else if (c != '\'')
      finish();
  }
  finish();

  std::string best;
  long long most = 0;
  for (const auto& [candidate, times] : count) {
    if (times > most || (times == most && candidate < best)) {
      best = candidate;
      most = times;
    }
  }
  return best;
}
]==],
  },

  wrong = {
    {
      name = "tells upper from lower case",
      language = "lua",
      verdict = "WA",
      case = "upper and lower case",
      why = "Words are counted as they are written, so Spam and spam share no count.",
      code = reference_with(':gsub("%u", small)', ':gsub("^$", "")'),
    },
    {
      name = "takes the first in the text",
      language = "lua",
      verdict = "WA",
      case = "a tie",
      why = "Of equally frequent words the one that was seen first stays. The alphabet decides "
        .. "here.",
      code = [==[
function most_frequent_word(text, ignored)
  local skip, count, order = {}, {}, {}
  for _, word in ipairs(ignored) do skip[word] = true end
  for run in text:lower():gmatch("[a-z']+") do
    local word = run:match("^'*(.-)'*$")
    if word ~= "" and not skip[word] then
      if not count[word] then order[#order + 1] = word end
      count[word] = (count[word] or 0) + 1
    end
  end
  local best, most = "", 0
  for _, word in ipairs(order) do
    if count[word] > most then best, most = word, count[word] end
  end
  return best
end
]==],
    },
    {
      name = "splits at apostrophes",
      language = "lua",
      verdict = "WA",
      case = "an apostrophe inside",
      why = "don't falls into don and t. Apostrophes between letters belong to the word.",
      code = reference_with([==[text:gmatch("[A-Za-z']+")]==], [==[text:gmatch("[A-Za-z]+")]==]),
    },
    {
      name = "drops apostrophes",
      language = "lua",
      verdict = "WA",
      case = "an apostrophe inside",
      why = "All apostrophes are removed, so that we'll becomes well. Only those at the ends of a "
        .. "word are quotation marks.",
      code = reference_with("  local count = {}\n",
                            "  local count = {}\n  text = text:gsub(\"'\", \"\")\n"),
    },
    {
      name = "keeps quotation marks",
      language = "lua",
      verdict = "WA",
      case = "quotation marks",
      why = "An apostrophe is taken for a letter everywhere. At the ends of a word it is a "
        .. "quotation mark: 'spam' is spam.",
      code = reference_with([==[run:match("^'*(.-)'*$")]==], "run"),
    },
    {
      name = "ignores before the case is settled",
      language = "lua",
      verdict = "WA",
      case = "ignored in upper case",
      why = "The word is looked up among the ignored ones as it stands in the text, and made "
        .. "lower-case afterwards. The goes through. Normalise first, then look up and count.",
      code = [==[
function most_frequent_word(text, ignored)
  local skip, count = {}, {}
  for _, word in ipairs(ignored) do skip[word] = true end
  for run in text:gmatch("[A-Za-z']+") do
    local word = run:match("^'*(.-)'*$")
    if word ~= "" and not skip[word] then
      word = word:lower()
      count[word] = (count[word] or 0) + 1
    end
  end
  local best, most = "", 0
  for word, times in pairs(count) do
    if times > most or (times == most and word < best) then best, most = word, times end
  end
  return best
end
]==],
    },
    {
      name = "ignores parts of words",
      language = "lua",
      verdict = "WA",
      case = "ignored words inside others",
      why = "The ignored words are cut out of the text, also where they are a part of a longer "
        .. "one: theme becomes me. Compare whole words.",
      code = reference_with("  local skip = {}\n", [==[
  text = text:lower()
  for _, word in ipairs(ignored) do text = text:gsub(word, "") end
  local skip = {}
]==]),
    },
    {
      name = "trusts the library's letters",
      language = "python",
      verdict = "WA",
      case = "letters beyond z",
      why = "str.isalpha and str.lower know the letters of all scripts: é counts as a letter, and "
        .. "the sign for kelvin becomes a k. Here the 26 letters are meant. In C and Lua what is a "
        .. "letter depends on the locale of the process, which is worse, since it differs from "
        .. "machine to machine.",
      code = [==[
from collections import Counter


def most_frequent_word(text, ignored):
    cleaned = "".join(c if c.isalpha() or c == "'" else " " for c in text.lower())
    words = (word.strip("'") for word in cleaned.split())
    count = Counter(word for word in words if word)
    for word in ignored:
        count.pop(word, None)
    return min(count, key=lambda word: (-count[word], word), default="")
]==],
    },
    {
      name = "looks ignored words up in a list",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "For each word of the text the list of ignored words is gone through from the front. "
        .. "Put them into a set once.",
      code = reference_with("  for _, word in ipairs(ignored) do skip[word] = true end\n", [==[
  setmetatable(skip, { __index = function(_, word)
    for i = 1, #ignored do
      if ignored[i] == word then return true end
    end
  end })
]==]),
    },
  },

  pitfalls = {
    ["knows single apostrophes only"] = "Between two letters there may be several apostrophes. They "
      .. "stay as they are: they neither end the word nor become one apostrophe.",
    ["splits at blanks only"] = "Words are taken to lie between blanks. Hyphens, digits and all "
      .. "punctuation end a word too.",
  },

  hints = {
    { text = "Before you count anything: which characters make up a word, and when are two words "
        .. "the same?",
      cost_min = 2 },
    { text = "Take runs of letters and apostrophes, cut the apostrophes off both ends, make it "
        .. "lower-case. What is left, if anything, is the word to look up and "
        .. "count.", cost_min = 3 },
    { text = "Put the ignored words into a set. Count the others in a map. Then go through the map "
        .. "and keep the best: a higher count wins, with equal counts the smaller "
        .. "word.", cost_min = 3 },
  },

  follow_ups = {
    { ask = "Why not simply use the library's lower and isalpha?",
      answer = "In C, C++ and Lua they depend on the process's locale, and work on bytes, not "
        .. "characters. In Python they follow Unicode, where lower-case texts can be longer than "
        .. "the original. If all scripts are to count, say so, and use Unicode case folding and "
        .. "word boundaries on purpose." },
    { ask = "The ten most frequent words?",
      answer = "Count in the same way, then a heap of the ten best, or a partial sort: O(d log 10) "
        .. "for d different words." },
    { ask = "The text is a terabyte on a hundred machines.",
      answer = "Each counts its part and sends each word with its count to the machine that the "
        .. "word's hash names; that one has the total. Words cut at the borders of parts need "
        .. "care. Taking each machine's top word would be wrong: a word may be second everywhere "
        .. "and first in total." },
    { ask = "Memory for all different words is too much.",
      answer = "Misra-Gries or Space-Saving with k counters finds each word that makes up more "
        .. "than 1/k of the text; a second pass gives exact counts. A count-min sketch with a "
        .. "small heap works for streams." },
    { ask = "Users write nonsense words on purpose, millions of different ones.",
      answer = "Limit what one user adds, and bound the memory as above. A map with a known, "
        .. "unseeded hash is in danger as well: words can be chosen to collide." },
  },

  explain = [==[
**Order of work.** Find the run, trim it, make it lower-case, look it up among the ignored, count
it. The order matters: a rule that compares words must see the normal form.

**Why the choice is right.** After the pass the map holds for each word that is not ignored how
often it occurs. The last loop keeps the largest by (count, then smaller word), which does not
depend on the order in which a hash map lists its entries.

**Cost.** Each character is looked at a fixed number of times and each word is hashed once or twice:
linear. There is no need to sort: only the best is asked for.

**Usual mistakes**

- *No definition of a word.* Most of the work here is in the statement. If an interviewer gives
  none, ask about case, apostrophes, hyphens, digits and other alphabets.
- *Ties by the order of the map.* The answer then changes from run to run.
- *Lower-casing too late.*
- *Library functions with a locale.* They may do something else on the server than on your machine.
- *A list to look up in.* The number of ignored words becomes a factor.
]==],
}
