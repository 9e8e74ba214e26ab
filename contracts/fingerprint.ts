/** 256 short, plain words: one per byte value. Their order is part of the protocol and never changes. */
const WORDS = (
  "acorn actor alpha amber angle ankle apple apron arrow aspen atlas autumn bacon badge baker balsa bamboo banjo " +
  "barley basil basket beach beaver berry birch bishop blanket bonus border bottle bread breeze bridge brook bucket " +
  "butter cabin cactus camel camera canal candle canoe canyon carbon carpet carrot castle cedar cello chalk cherry " +
  "cider cinema circle citrus clay clock clover coast cobalt cocoa comet copper coral corner cotton cousin cradle " +
  "crane crater cricket crystal curtain daisy dancer delta denim desert diamond dinner doctor dolphin donkey dragon " +
  "drum eagle easel ebony echo elbow elder ember engine falcon farmer feather fern ferry fiddle field finch flame " +
  "flute forest fossil fox galaxy garden garlic gazelle ginger glacier glass globe goose granite grape grass guitar " +
  "hammer harbor harvest hazel hedge helmet heron hill honey horizon hornet hotel ice igloo indigo iris iron island " +
  "ivory jacket jasmine jewel jungle juniper kayak kettle kiwi koala ladder lagoon lake lantern lark lava lemon " +
  "lentil lily linen lion lobster locket lotus magnet mango maple marble market meadow melon metal mint mirror " +
  "monkey moss motor mountain museum needle nest nickel north nutmeg oasis ocean olive onion opal orange orbit " +
  "orchid otter oyster paddle palace panda paper parrot pasta peach pearl pebble pencil pepper piano pilot pine " +
  "planet plum pocket pollen pond poppy potato prairie pumpkin quartz quill rabbit radar raven reef ribbon river " +
  "robin rocket rose ruby saddle saffron salmon satin shell silver sister sketch spruce stone summer sunset " +
  "swan tango teapot temple thunder tiger timber tulip tunnel turtle valley velvet violin walnut willow winter zebra"
).split(" ");

/** The four words both sides show after pairing, from SHA-256 of the pairing's transcript (T in `protocol.ts`). */
export function fingerprintWords(transcriptHash: Uint8Array): string {
  return Array.from(transcriptHash.subarray(0, 4), (byte) => WORDS[byte]).join(" ");
}
