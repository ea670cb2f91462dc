// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/corpus_words.hpp"

namespace rehearse::sim {
namespace {

const CorpusProperty kWeight{"g",
                             120,
                             1900,
                             5,
                             {"The {e} weighs {v}.", "On my kitchen scale the {e} comes in at {v}.",
                              "I was told the {e} is heavy, and {v} in the hand proves it.",
                              "Total mass of the {e} with everything attached is {v}."},
                             {"how much does the {e} weigh", "what does the {e} read on a scale",
                              "is the {e} heavy", "total mass of the {e}"}};
const CorpusProperty kPrice{
    "euros",
    25,
    690,
    5,
    {"The price of the {e} is {v}.", "I paid {v} for the {e} and would again.",
     "The {e} costs {v} at the moment.", "They ask {v} for the {e} in the shop round the corner."},
    {"price of the {e}", "what have people paid for the {e}", "what does the {e} cost",
     "how much do they ask for the {e} in a shop"}};
const CorpusProperty kNoise{
    "decibels",
    38,
    88,
    1,
    {"I measured the noise of the {e}: {v}.", "How loud? The {e} reaches {v} a metre away.",
     "My neighbours hear the {e}, no wonder at {v}.", "Sound level of the {e} is {v}."},
    {"noise of the {e} measured", "how loud does the {e} get", "do neighbours hear the {e}",
     "sound level of the {e}"}};
const CorpusProperty kBattery{
    "hours",
    4,
    90,
    1,
    {"The battery of the {e} lasts {v}.", "A full charge keeps the {e} going for {v}.",
     "The {e} ran {v} before it went dark.", "Run time of the {e} unplugged is {v}."},
    {"how long does the battery of the {e} last", "how far does one charge keep the {e} going",
     "when did the {e} go dark", "run time of the {e} unplugged"}};
const CorpusProperty kCapacity{
    "grams",
    12,
    900,
    2,
    {"The {e} holds {v} at once.", "Capacity of the {e} is {v}.",
     "You can fill the {e} with {v} and no more.", "Its biggest load: the {e} takes {v}."},
    {"how much does the {e} hold at once", "capacity of the {e}", "how far can you fill the {e}",
     "biggest load that the {e} takes"}};
const CorpusProperty kWarranty{
    "years",
    1,
    12,
    1,
    {"The warranty on the {e} is {v}.", "They repair the {e} for free for {v}.",
     "You are covered for {v} if the {e} breaks.", "Guarantee of the {e} runs {v}."},
    {"warranty on the {e}", "how long do they repair the {e} for free",
     "am i covered if the {e} breaks", "guarantee of the {e}"}};
const CorpusProperty kTravel{
    "millimetres",
    2,
    45,
    1,
    {"Travel of the {e} is {v}.", "The {e} moves {v} from top to bottom.",
     "Press it all the way and the {e} goes down {v}.", "Stroke length on the {e}: {v}."},
    {"travel of the {e}", "how far does the {e} move from top to bottom",
     "how deep does the {e} go down when you press it", "stroke length on the {e}"}};

}  // namespace

const std::array<CorpusCommunity, kCommunities>& corpus_communities() {
  static const std::array<CorpusCommunity, kCommunities> all = {{
      {"pour-over coffee",
       "grinder",
       {kWeight, kPrice, kNoise, kCapacity, kWarranty},
       {"I brew a light roast every morning before work.", "The crema was thin again today.",
        "Water at ninety degrees works best for this bean.",
        "My filter papers come from a small mill up north.", "Blooming for forty seconds helps.",
        "Fines settle at the bottom of the cup.", "The {e} sits next to my kettle.",
        "I dial in a new bag on the first weekend."}},
      {"trail running",
       "headlamp",
       {kWeight, kPrice, kBattery, kWarranty},
       {"The climb behind the lake was muddy.", "I ran the ridge before sunrise.",
        "My shoes need a week to dry.", "Roots are slippery after rain.",
        "The {e} did not bounce on the descent.", "We met two foxes near the quarry.",
        "I carry a soft flask and a bar.", "The last kilometre is always uphill."}},
      {"mechanical keyboards",
       "keyboard",
       {kWeight, kPrice, kNoise, kTravel, kWarranty},
       {"I lubed the stabilizers last night.", "The keycaps are a thick plastic blend.",
        "Foam in the case changes the tone.", "My desk mat slides around.",
        "Typing on the {e} is a joy in the evening.", "I soldered the sockets myself.",
        "The layout has no function row.", "A friend prefers linear switches."}},
      {"bike camping",
       "stove",
       {kWeight, kPrice, kCapacity, kNoise, kWarranty},
       {"We camped by the canal lock.", "The tarp held through the storm.",
        "I strap the tent under the bar.", "Porridge again, and nobody complained.",
        "The {e} lives in my left pannier.", "A puncture cost us an hour.",
        "The ferry was late as usual.", "Gravel all the way to the pass."}},
      {"home servers",
       "box",
       {kPrice, kNoise, kWeight, kWarranty},
       {"I moved the rack into the cellar.", "Backups run at three in the morning.",
        "The switch blinks all night.", "A fan failed in the spring.",
        "I keep the {e} under the stairs.", "The uplink is slow on Sundays.",
        "Containers restart after a power cut.", "My labels peel off in the heat."}},
      {"sourdough baking",
       "oven",
       {kPrice, kCapacity, kWeight, kWarranty},
       {"The starter doubled in four hours.", "I fold the dough three times.",
        "Rye makes it sticky.", "The crust sings when it cools.", "I preheat the {e} for an hour.",
        "Scoring is harder with wet dough.", "Steam matters in the first ten minutes.",
        "My basket leaves a fine pattern."}},
  }};
  return all;
}

const std::array<std::string_view, kWordings>& corpus_fault_statements() {
  static const std::array<std::string_view, kWordings> all = {
      "My {e} shows {c}, which means {v}.", "{c} on the {e} turned out to be {v}.",
      "If you see {c} on the {e}, look for {v}.", "Support says {c} is {v} on the {e}."};
  return all;
}

const std::array<std::string_view, kWordings>& corpus_fault_questions() {
  static const std::array<std::string_view, kWordings> all = {
      "what does {c} mean", "{c}", "seeing {c} since today", "help with {c} please"};
  return all;
}

const std::vector<std::string_view>& corpus_fault_meanings() {
  static const std::vector<std::string_view> all = {
      "a jammed bearing",  "a loose ribbon cable", "a wet contact",      "a dead sensor",
      "an old bootloader", "a cracked gasket",     "a worn belt",        "a short in the plug",
      "a full buffer",     "a bent pin",           "a stuck thermostat", "a missing washer"};
  return all;
}

const std::array<std::string_view, kWordings>& corpus_corrections() {
  static const std::array<std::string_view, kWordings> all = {
      "Correction after measuring again.", "I was wrong last month.",
      "Please ignore my older post.", "Update with a better instrument."};
  return all;
}

const std::vector<std::string_view>& corpus_syllables() {
  static const std::vector<std::string_view> all = {
      "val", "dor", "mi", "rex", "ta",  "lun", "ori", "ken", "bra", "sol", "ve",  "nim",
      "qua", "zel", "fi", "gan", "hol", "pra", "su",  "wen", "ja",  "kor", "ely", "thu"};
  return all;
}

const std::vector<std::string_view>& corpus_nicknames() {
  static const std::vector<std::string_view> all = {
      "brick", "otter", "anvil",  "pebble",  "wasp",   "lantern", "tugboat", "badger",
      "comet", "toad",  "cannon", "sparrow", "mule",   "ghost",   "walnut",  "beetle",
      "raven", "drum",  "piston", "marble",  "spider", "harbor",  "cricket", "kettledrum"};
  return all;
}

}  // namespace rehearse::sim
