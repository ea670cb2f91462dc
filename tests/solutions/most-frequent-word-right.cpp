// rehearse: most-frequent-word
//
// One pass over the bytes: apostrophes after a letter are held back until the next letter shows that
// they stand inside of a word. The winner is kept up to date as the counts rise.
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

std::string most_frequent_word(const std::string& text, const std::vector<std::string>& ignored) {
  const std::unordered_set<std::string> skip(ignored.begin(), ignored.end());
  std::unordered_map<std::string, long long> uses;
  std::string best;
  long long most = 0;

  std::string word;
  std::size_t held = 0;  // apostrophes seen since the last letter of the word
  const auto finish = [&] {
    if (!word.empty() && !skip.contains(word)) {
      const long long count = ++uses[word];
      if (count > most || (count == most && word < best)) {
        most = count;
        best = word;
      }
    }
    word.clear();
    held = 0;
  };
  for (const char c : text) {
    const bool upper = c >= 'A' && c <= 'Z';
    if (upper || (c >= 'a' && c <= 'z')) {
      word.append(held, '\'');
      held = 0;
      word.push_back(upper ? static_cast<char>(c - 'A' + 'a') : c);
    } else if (c == '\'') {
      if (!word.empty()) ++held;
    } else {
      finish();
    }
  }
  finish();
  return best;
}
